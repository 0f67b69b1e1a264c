"""Sends datagrams to an echo through the UDP association of a SOCKS 5 server; prints what came back.

Usage: socks_udp.py SOCKS_PORT
"""
import socket
import struct
import sys
import threading

echo = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
echo.bind(("127.0.0.1", 0))


def answer():
    while True:
        data, sender = echo.recvfrom(65535)
        echo.sendto(data.upper(), sender)


threading.Thread(target=answer, daemon=True).start()
control = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20)
control.sendall(b"\x05\x01\x00")
assert control.recv(2) == b"\x05\x00"
control.sendall(b"\x05\x03\x00\x01\x00\x00\x00\x00\x00\x00")
reply = control.recv(10)
assert reply[:4] == b"\x05\x00\x00\x01", reply
relay = (socket.inet_ntoa(reply[4:8]), struct.unpack("!H", reply[8:10])[0])

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(20)
header = b"\x00\x00\x00\x01" + socket.inet_aton("127.0.0.1") + struct.pack("!H", echo.getsockname()[1])
named = b"\x00\x00\x00\x03\x09localhost" + struct.pack("!H", echo.getsockname()[1])
for start, text in ((header, b"by number"), (named, b"by name"), (header, b""), (header, b"x" * 9000)):
    client.sendto(start + text, relay)
    data, sender = client.recvfrom(65535)
    assert sender == relay, sender
    assert data[:10] == header, data[:10]
    assert data[10:] == text.upper(), data[10:]
    print(len(data) - 10)

control.close()
client.settimeout(1)
try:
    while True:  # what was sent before the end was heard of may still be carried
        client.sendto(header + b"late", relay)
        client.recvfrom(65535)
except (socket.timeout, ConnectionError):
    print("ended")
