"""People, teams and what a person is in a team; must not decide who may do what (see permissions)."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import permissions
from .enums import Kind, Role


class UserManager(BaseUserManager["User"]):
    """Makes people and finds them by address, whatever its case."""

    def create_user(self, email: str, name: str, password: str | None = None, **more: Any) -> "User":
        """Create a person; without a password they can sign in only after an invitation or a reset."""
        user = self.model(email=email, name=name, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this address, in any case."""
        return self.get(email__iexact=username)

    def active(self) -> models.QuerySet["User"]:
        """Return the people who may sign in."""
        return self.filter(is_active=True)


class User(AbstractBaseUser):
    """A member of staff or a councillor. Never deleted: what they did stays theirs after they leave."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("full name"), max_length=150)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    deactivated_reason = models.CharField(max_length=300, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_once",
                violation_error_message=_("Somebody already has this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address in lower case, so that everything compares it the same way."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """Return the name shown next to what this person did."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the first word of the name."""
        return str(self).split()[0]


class Team(models.Model):
    """A service of the council that publishes: says which kinds of notice it may publish."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("short name for addresses"), max_length=60, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def kind_values(self) -> list[str]:
        """The kinds of notice this team may publish, in the order of `Kind`; uses a prefetch."""
        held = {row.kind for row in self.kinds.all()}
        return [kind for kind in Kind.values if kind in held]

    def publishes(self, kind: str) -> bool:
        """Return whether `kind` is within this team's remit."""
        return kind in self.kind_values


class TeamKind(models.Model):
    """One kind of notice that one team may publish."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(_("kind of notice"), max_length=20, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "kind"], name="accounts_team_kind_once")]

    def __str__(self) -> str:
        return f"{self.team}: {self.get_kind_display()}"


class Membership(models.Model):
    """What one person is in one team."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("team")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role)
    may_publish_urgently = models.BooleanField(_("may publish urgently"), default=False)

    class Meta:
        ordering = ("team__name", "role")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "team", "role"],
                name="accounts_membership_once",
                violation_error_message=_("This person already has this role in this team."),
            ),
            models.CheckConstraint(
                condition=models.Q(may_publish_urgently=False)
                | models.Q(role__in=[Role.AUTHOR.value, Role.APPROVER.value]),
                name="accounts_urgent_needs_writer",
                violation_error_message=_("Only an author or an approver can publish urgently."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.team}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let the person's remembered roles be read again."""
        super().save(*args, **kwargs)
        permissions.forget(self.user)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let the person's remembered roles be read again."""
        permissions.forget(self.user)
        return super().delete(*args, **kwargs)


class Invitation(models.Model):
    """A place kept for somebody until it is accepted, lapses or is revoked; its link is not stored."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("full name"), max_length=150, blank=True)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Changes with every sending, so that an older link stops working.
    nonce = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="accounts_one_open_invitation",
                violation_error_message=_("An invitation to this address is already open."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether it was neither accepted nor revoked (it may still have lapsed)."""
        return self.accepted_at is None and self.revoked_at is None


class InvitedMembership(models.Model):
    """What the invited person will be in which team once they accept."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+", verbose_name=_("team"))
    role = models.CharField(_("role"), max_length=30, choices=Role)
    may_publish_urgently = models.BooleanField(_("may publish urgently"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "team", "role"], name="accounts_invited_once")
        ]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.get_role_display()}, {self.team}"

    def clean(self) -> None:
        """Refuse the urgent right on a role that does not write."""
        if self.may_publish_urgently and self.role not in (Role.AUTHOR, Role.APPROVER):
            raise ValidationError(_("Only an author or an approver can publish urgently."))
