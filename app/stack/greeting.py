"""What is said once everything runs."""

from app.stack.tree import Stack

LOST_PASSWORD = ".venv/bin/flask --app wsgi users create YOU@EXAMPLE.COM --role admin"


def words(stack: Stack) -> str:
    """Return the address, the sign-in and the next step."""
    return (
        f"\n  Headwater runs at {stack.public_url}\n\n"
        f"  Sign in   {_sign_in(stack)}\n"
        "  Next      open the address and start your first dataflow\n"
        "  To end    press Ctrl-C; everything is kept\n"
    )


def _sign_in(stack: Stack) -> str:
    if not stack.admin_password:
        return f"as before (password lost? {LOST_PASSWORD})"
    if stack.environment.get("ADMIN_PASSWORD"):
        return f"as {stack.admin_email} with the password of ADMIN_PASSWORD"
    return (
        f"as {stack.admin_email} with the password {stack.admin_password}\n"
        "            (keep it: it is not shown again)"
    )
