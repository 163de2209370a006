"""The WSGI application that granian (or gunicorn) serves."""

import os

from django.core.wsgi import get_wsgi_application

from mohalla.site import logs, tether

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mohalla.site.settings")
tether.hold()
application = get_wsgi_application()
logs.install()
