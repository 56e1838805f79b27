"""The WSGI entry point that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from factcheck.supervision import die_with_parent_if_supervised

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
# Each of granian's workers loads this module.
die_with_parent_if_supervised()
application = get_wsgi_application()
