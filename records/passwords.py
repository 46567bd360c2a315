"""Passwords: which are good enough, and their argon2id hashes. It knows no accounts and opens no transaction."""

from __future__ import annotations

import re
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from records.values import Wrong

SHORTEST = 12
LONGEST = 200
"""Longer ones are refused before they cost anything."""

# OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane; about 22 ms here.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(4)
"""Hashes at a time: many sign-ins at once must not take the machine's memory."""
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$tHlarhUtte8w5I05jE3HVw$6TmjzKin/RyvsRKUeYnI5QkUpJdo4WN8dUMrn2+2B+Q"
"""A hash nobody has the password of, checked where nobody is meant."""

_COMMON = frozenset(
    """password passwort letmein welcome qwerty qwertyuiop asdfghjkl zxcvbnm iloveyou monkey dragon football baseball
    sunshine princess superman batman master shadow michael jennifer charlie trustno administrator admin changeme
    secret default login abcdef abcdefgh abcdefghijkl abcdefghijklmnop teacher teachers school schools headteacher
    induction mailroom ectmailroom appropriatebody assessor education england liverpool arsenal chelsea everton
    manchester manchesterunited tottenham newcastle passwordpassword qwertyqwerty welcomewelcome correcthorsebatterystaple
    thisismypassword mypassword yourpassword newpassword thepassword nopassword letmeinnow openthedoor summer winter
    spring autumn january february march april june july august september october november december monday friday
    """.split()  # noqa: SIM905 - a list of forty quoted words reads worse
)
"""Words that stand behind the most used passwords; digits and signs around them do not make them better."""
_RUNS = ("0123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb")


def check_quality(password: str, user_name: str = "") -> None:
    """Raises `Wrong` with what to do instead."""
    if len(password) < SHORTEST:
        message = f"Your password must have {SHORTEST} characters or more"
        raise Wrong(message)
    if len(password) > LONGEST:
        message = f"Your password must have {LONGEST} characters or fewer"
        raise Wrong(message)
    if _guessable(password.casefold(), user_name.casefold()):
        raise Wrong("Too easy to guess: choose three random words, for example")


def hash_password(password: str) -> str:
    """About 20 ms and 19 MiB: call it with no transaction open."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def check(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. Takes as long where there is no hash, so that a stopwatch does not tell who exists."""
    if len(password) > LONGEST:
        password = ""
    with _AT_ONCE:
        try:
            _HASHER.verify(password_hash or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def _guessable(password: str, user_name: str) -> bool:
    plain = re.sub(r"[^a-z]+$", "", password).translate(str.maketrans("@$013457", "asoleast"))
    bare = re.sub(r"[^a-z]", "", password)
    words = {bare, re.sub(r"[^a-z]", "", plain)}
    if words & _COMMON or len(set(password)) < 5:
        return True
    if any(_repeats(word) for word in (password, bare)):
        return True
    if len(user_name) > 2 and user_name in password and len(password) - len(user_name) < 8:
        return True
    return any(password in run or password[::-1] in run for run in _RUNS)


def _repeats(word: str) -> bool:
    """Whether a word is one short piece over and over: "abc1abc1abc1", "passwordpassword"."""
    return len(word) >= SHORTEST and any(
        len(word) % length == 0 and word == word[:length] * (len(word) // length) for length in range(1, len(word) // 2 + 1)
    )
