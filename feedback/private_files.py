"""Where residents' files lie: beside the public media and never inside it; must not say who may see them."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files no web server hands out: they have no address, and whoever shows one reads it in a view."""

    def url(self, name: str | None) -> str:
        """Refuse: a file here has no address of its own."""
        raise ValueError("A private file has no address.")


def private_storage() -> PrivateStorage:
    """Return the storage under `settings.PRIVATE_ROOT`; a callable, so that a migration names no folder."""
    return PrivateStorage(location=settings.PRIVATE_ROOT)
