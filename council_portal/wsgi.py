"""The door gunicorn knocks at."""

import io
import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "council_portal.settings.dev")

application = get_wsgi_application()

# gunicorn runs no system checks of its own: a switch that is only for the demo town stops the start here.
call_command("check", tags=["security"], stdout=io.StringIO())
