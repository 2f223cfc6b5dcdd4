"""How staff sign in: password, second factor, sessions, limits; must not know one place from another."""

AUTHENTICATION_BACKENDS = ["accounts.backends.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = "/"

# --- E-mail and password ----------------------------------------------------------------------
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# An invitation proves the address: allauth has nothing left to verify.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# None would offer "remember me": a council computer never does.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "accounts.signin_forms.SignInForm",
    "reset_password": "accounts.signin_forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.signin_forms.NewPasswordForm",
    "change_password": "accounts.signin_forms.ChangePasswordForm",
    "reauthenticate": "accounts.signin_forms.PasswordAgainForm",
}
# Counted in the shared cache, so they hold across worker processes. `key` is the address (or the person, for
# one-time codes): ten wrong tries lock it for 15 minutes; an office behind one address gets more room.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/15m/key,50/15m/ip",
    "reauthenticate": "20/m/user",
    "reset_password": "20/15m/ip,5/15m/key",
    "reset_password_from_key": "20/15m/ip",
    "change_password": "5/m/user",
}

# --- Second factor ----------------------------------------------------------------------------
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TRUST_ENABLED = False
# A phone whose clock is half a minute out still works.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
# allauth would take the password as proof; accounts.access asks for the second factor instead.
MFA_REAUTHENTICATION_REQUIRED = False
MFA_FORMS = {
    "authenticate": "accounts.signin_forms.OneTimeCodeForm",
    "reauthenticate": "accounts.signin_forms.OneTimeCodeAgainForm",
    "activate_totp": "accounts.signin_forms.ActivateTotpForm",
}
# How long a second factor counts as just used (seconds).
SECOND_FACTOR_FRESH_SECONDS = 15 * 60
# An invitation's link (seconds).
INVITATION_SECONDS = 2 * 24 * 60 * 60

# --- Sessions ---------------------------------------------------------------------------------
# In the database: they can be listed and ended, and outlive a restart of the cache.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "portal_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Whatever a person does, they sign in again after this (seconds).
SESSION_COOKIE_AGE = 6 * 60 * 60
SESSION_LONGEST_SECONDS = SESSION_COOKIE_AGE
SESSION_IDLE_SECONDS = 60 * 60
CSRF_COOKIE_NAME = "portal_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# Our own middleware notes activity once a minute instead of one write per request.
USERSESSIONS_TRACK_ACTIVITY = False

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
