"""The product's settings with a hash of passwords that is fast to guess."""

from mohalla.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
