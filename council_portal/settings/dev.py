"""The first look: SQLite, the embedded Valkey, a demo town; never for the open internet."""

from . import env
from .base import *  # noqa: F403
from .base import MIDDLEWARE, VAR_DIR
from .database import database

DEBUG = True
SECRET_KEY = env.secret("SECRET_KEY")
AUDIT_KEY = env.secret("AUDIT_KEY")
CREDENTIALS_KEY = env.secret("CREDENTIALS_KEY")
PUBLIC_LOG_KEY = env.secret("PUBLIC_LOG_KEY")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.items("ALLOWED_HOSTS")]
INTERNAL_IPS: list[str] = []
# People try the portal out with these settings: a wrong address shows them what residents would see.
MIDDLEWARE = [*MIDDLEWARE, "council_portal.middleware.OwnNotFound"]

DATABASES = {"default": database(env.text("DATABASE_URL"), sqlite_path=VAR_DIR / "portal.sqlite3")}

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"

SOCIAL_ALLOW_PRIVATE_ADDRESSES = True
SANDBOX_NETWORK = True
# Nobody must take Riverbank for a real town.
CAP_STATUS = env.text("CAP_STATUS", "Exercise")
DEMO_ONE_TIME_CODES = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
