"""Dates, times and numbers in Simplified Chinese, as the design writes them: 24 hours, thousands as in `4,218`."""

DATE_FORMAT = "Y年n月j日"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y年n月j日 H:i"
MONTH_DAY_FORMAT = "n月j日"
SHORT_DATE_FORMAT = "Y年n月j日"
SHORT_DATETIME_FORMAT = "Y年n月j日 H:i"
# Django groups by four and with nothing in between, so that a balance would read 4218.
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
