from django.contrib.auth.models import AbstractBaseUser
from django.db import models


class Account(AbstractBaseUser):
    name = models.CharField(max_length=60, unique=True)
    USERNAME_FIELD = "name"
