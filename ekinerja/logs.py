import logging


class RefusalsInOneLine(logging.Filter):
    """Leave the traceback out where nothing is at fault: what was refused is said by its line."""

    def filter(self, record):
        refused = record.name.startswith("django.security") or getattr(record, "status_code", 500) < 500
        if refused:
            record.exc_info = record.exc_text = None
        return True
