"""Sockets as the other end: `datagram_peer.py ROLE PORT [INTERFACE]`; each prints what it got.

ask         sends datagrams of 5, 0 and 20 bytes to PORT of the loopback and prints the lengths of the answers
group-hear  joins the group on the loopback interface at PORT, says `ready`, and prints the first datagram
group-say   sends one datagram to the group at PORT, by the loopback interface
group6-hear, group6-say   the same by IPv6 on INTERFACE, with a hop limit of 0
"""
import socket
import struct
import sys

GROUP = "239.255.77.2"
GROUP6 = "ff11::77:2"
TIMEOUT_SECONDS = 10


def ask(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(TIMEOUT_SECONDS)
        s.connect(("127.0.0.1", port))
        for length in 5, 0, 20:
            s.send(b"x" * length)
            print(len(s.recv(100)))


def group_hear(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(TIMEOUT_SECONDS)
        s.bind(("", port))
        membership = socket.inet_aton(GROUP) + socket.inet_aton("127.0.0.1")
        s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
        hear(s)


def group_say(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
        s.sendto(b"from python", (GROUP, port))


def group6_hear(port, interface):
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as s:
        s.settimeout(TIMEOUT_SECONDS)
        s.bind(("::", port))
        membership = socket.inet_pton(socket.AF_INET6, GROUP6) + struct.pack("@I", socket.if_nametoindex(interface))
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, membership)
        hear(s)


def group6_say(port, interface):
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as s:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex(interface))
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 0)
        s.sendto(b"from python", (GROUP6, port))


def hear(s):
    print("port", s.getsockname()[1], flush=True)
    print(s.recv(100).decode())


ROLES = {
    "ask": ask,
    "group-hear": group_hear,
    "group-say": group_say,
    "group6-hear": group6_hear,
    "group6-say": group6_say,
}

ROLES[sys.argv[1]](int(sys.argv[2]), *sys.argv[3:])
