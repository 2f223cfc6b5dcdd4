"""`manage.py create_administrator`: the first person of a new portal; everybody else is invited."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts import services
from accounts.enums import Role
from accounts.models import Membership


class Command(BaseCommand):
    """Makes an administrator on a portal that has none."""

    help = "Make the first administrator. They set up their second factor when they first sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the person's address and name; the password is asked for and never shown."""
        parser.add_argument("email", help="the person's e-mail address, with which they sign in")
        parser.add_argument("name", help="the person's full name, in quotes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse where somebody can invite; otherwise make the person and say what to do next."""
        if Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exists():
            raise CommandError("There is an administrator already: ask them for an invitation.")
        email, name = options["email"].strip(), options["name"].strip()
        password = self._asked_password()
        try:
            validate_email(email)
            validate_password(password)
            services.create_first_administrator(email, name, password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"{name} is an administrator. Sign in at /accounts/login/ and set up the second factor."
        )
        self.stdout.write("Then make teams and invite the others under People; two administrators are wise.")

    def _asked_password(self) -> str:
        password = getpass("Password: ")
        if password != getpass("Password again: "):
            raise CommandError("The two passwords differ: run the command again.")
        return password
