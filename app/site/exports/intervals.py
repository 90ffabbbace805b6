"""Says a cron expression in words."""

# As cron counts them: Sunday is both 0 and 7.
WEEKDAYS = (
    *("Sunday", "Monday", "Tuesday", "Wednesday"),
    *("Thursday", "Friday", "Saturday", "Sunday"),
)


def words(expression: str) -> str:
    """Return `every day at 03:30`; of what is rarer, the fields by name."""
    minute, hour, day, month, weekday = expression.split()
    if month == "*" and "*" in {day, weekday}:
        when = _days(day, weekday)
        if when and minute.isdecimal() and hour.isdecimal():
            return f"{when} at {int(hour):02}:{int(minute):02}"
        if when == "every day" and (often := _often(minute, hour)):
            return often
    fields = {"minute": minute, "hour": hour, "day": day, "month": month, "weekday": weekday}
    return "at " + ", ".join(f"{name} {value}" for name, value in fields.items() if value != "*")


def _days(day: str, weekday: str) -> str:
    """Return on which days, where one word says it."""
    if day != "*":
        return f"on day {int(day)} of every month" if day.isdecimal() else ""
    if weekday == "*":
        return "every day"
    if weekday == "1-5":
        return "Monday to Friday"
    numbered = {str(number): name for number, name in enumerate(WEEKDAYS)}
    found = {**numbered, **{name[:3].lower(): name for name in WEEKDAYS}}.get(weekday.lower())
    return f"every {found}" if found else ""


def _often(minute: str, hour: str) -> str:
    """Return how often within a day, where the steps are even."""
    if hour == "*":
        if minute == "*":
            return "every minute"
        if step := _step(minute, 60):
            return f"every {step} minutes"
        return f"every hour at minute {int(minute)}" if minute.isdecimal() else ""
    if minute.isdecimal() and (step := _step(hour, 24)):
        return f"every {step} hours at minute {int(minute)}"
    return ""


def _step(field: str, whole: int) -> int:
    """Return the step of `*/15`, or 0 where it is none or does not divide the whole."""
    text = field.removeprefix("*/")
    step = int(text) if text != field and text.isdecimal() else 0
    return step if step > 1 and whole % step == 0 else 0
