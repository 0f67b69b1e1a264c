"""Accepts one connection, prints each line that comes by it, and ends with it."""
import socketserver


class Lines(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            print(line.rstrip(b"\n"), flush=True)


with socketserver.TCPServer(("127.0.0.1", 0), Lines) as server:
    print(server.server_address[1], flush=True)
    server.handle_request()
