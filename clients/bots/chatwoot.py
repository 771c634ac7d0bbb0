"""What a bot needs of Chatwoot's API, and a plain HTTP server that hears its events.

Written as such bots are: it knows a base URL, an account and a token, and looks at `event`,
`message_type` and `conversation`.
"""

import json
import os
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

URL = os.environ["CHATWOOT_URL"]
ACCOUNT = os.environ["CHATWOOT_ACCOUNT_ID"]
TOKEN = os.environ["CHATWOOT_BOT_TOKEN"]
PORT = int(os.environ["PORT"])


def call(path, body):
    """Posts to a conversation, as every bot does."""
    request = urllib.request.Request(
        f"{URL}/api/v1/accounts/{ACCOUNT}/conversations/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "api_access_token": TOKEN},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.loads(response.read() or b"null")


def say(conversation, content, **more):
    return call(f"{conversation}/messages", {"content": content, **more})


def hand_over(conversation):
    return call(f"{conversation}/toggle_status", {"status": "open"})


def serve(handle):
    """Hears events until the process ends. An exception is a 500, as in any framework."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(200)

        def do_POST(self):
            length = int(self.headers.get("Content-Length", 0))
            event = json.loads(self.rfile.read(length))
            try:
                handle(event)
                self.answer(200)
            except Exception as problem:
                print(f"{event.get('event')}: {problem!r}")
                self.answer(500)

        def answer(self, status):
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
