"""Reads the outcomes of Sora Courier. Needs Python 3.9 or newer, and in the environment VideoStorage:
the URL of the queue with a SAS, or without one and a bearer token in StorageToken. It runs until
Ctrl-C, or with --once until no message is visible. What is not deleted comes back.
"""
import json
import os
import re
import sys
import time
import xml.etree.ElementTree as ElementTree
from email.utils import formatdate
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

VISIBILITY = 60  # seconds, longer than handling takes: afterwards any reader receives it again
HANDLED = Path("handled-outcomes.txt")
TOKEN = os.environ.get("StorageToken", "").strip()
URL = re.fullmatch(r"(https?://[!->@-~]+?)/?(?:\?([!-~]*))?", os.environ.get("VideoStorage", ""))


def copied(generation_id, blob_url):
    """Your own work. If it raises, the message stays on the queue and comes back."""
    print(f"copied {generation_id} {blob_url}", flush=True)


def failed(video_or_job_id, reason, message):
    """The same, for a video or, without a generationId, for a whole job."""
    print(f"failed {video_or_job_id} {reason}: {message}", flush=True)


def handle(message, handled):
    try:
        outcome = json.loads(message)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(outcome, dict):
        outcome = {}
    status = text(outcome, "status")
    some_id = text(outcome, "generationId" if "generationId" in outcome else "jobId")
    key = f"{status} {some_id}"  # a video that failed may be enqueued again, and be copied
    if key in handled:
        print(f"duplicate, dropped: {key}", flush=True)
        return
    if status == "copied":
        copied(text(outcome, "generationId"), text(outcome, "blobUrl"))
    elif status == "failed":
        failed(some_id, text(outcome, "reason"), text(outcome, "message"))
    else:
        raise ValueError(f"unknown status {status}")
    with HANDLED.open("a", encoding="utf-8") as file:
        file.write(key + "\n")
    handled.add(key)


def text(outcome, field):
    if not isinstance(outcome.get(field), str):
        raise ValueError(f"no text in {field}")
    return printable(outcome[field])


def printable(value):
    """On one line, and without characters that control a terminal."""
    return "".join(c if c.isprintable() else "?" for c in value)


def call(method, path, query):
    url = f"{URL[1]}/messages{path}?{query}&{URL[2] or ''}"
    headers = {"x-ms-version": "2021-12-02", "x-ms-date": formatdate(usegmt=True)}
    if TOKEN:
        headers["Authorization"] = f"Bearer {TOKEN}"
    for attempt in (1, 2, 3):
        try:
            with urlopen(Request(url, method=method, headers=headers), timeout=30) as response:
                return response.read()
        except (OSError, HTTPException) as error:
            if attempt == 3 or isinstance(error, HTTPError) and error.code < 500:
                raise
        time.sleep(attempt)


def read(message, handled):
    body = message.findtext("MessageText") or ""
    try:
        handle(body, handled)
    except Exception as error:
        attempt = message.findtext("DequeueCount")
        print(f"left on the queue, attempt {attempt}: {error}: {printable(body[:80])}", flush=True)
        return
    receipt = quote(message.findtext("PopReceipt"), safe="")
    try:
        call("DELETE", "/" + message.findtext("MessageId"), f"popreceipt={receipt}")
    except HTTPError as error:
        if error.code != 404:
            raise
        print("not deleted, handling took too long: it comes back as a duplicate", flush=True)


def main(handled):
    if not URL:
        sys.exit("VideoStorage must be the URL of the queue: https://{account}.queue.core.windows.net/sora-videos?{SAS}")
    while True:
        page = call("GET", "", f"numofmessages=1&visibilitytimeout={VISIBILITY}")
        message = ElementTree.fromstring(page).find("QueueMessage")
        if message is not None:
            read(message, handled)
        elif "--once" in sys.argv:
            return
        else:
            time.sleep(5)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    already_handled = set(HANDLED.read_text("utf-8").splitlines() if HANDLED.exists() else [])
    try:
        main(already_handled)
    except KeyboardInterrupt:
        sys.exit(130)
    except HTTPError as error:
        sys.exit(f"the queue responded {error.code} {error.headers.get('x-ms-error-code')}")
    except Exception as error:  # without its message, which may repeat the SAS
        sys.exit(f"cannot use VideoStorage: {type(getattr(error, 'reason', error)).__name__}")
