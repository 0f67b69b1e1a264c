package bowline.device;

import java.nio.charset.StandardCharsets;

/// How to open a tunnel: a network interface whose packets a program takes and sends in place of a wire.
///
/// @param name of the interface, at most 15 bytes; `%d` in it stands for the first number that is free, and an
/// empty one for a name of the system's choice
/// @param layer what a packet is
/// @param maxPacketSize bytes of the longest packet that is received whole, 68 to 65535; longer ones are cut. It should
///     not be less than the interface's MTU, for [Layer#ETHERNET] 14 bytes (18 with VLANs) more.
public record TunnelOptions(String name, Layer layer, int maxPacketSize) {
    /// `IFNAMSIZ` less the zero behind it.
    private static final int NAME_MAX_BYTES = 15;

    /// What every link has to carry (RFC 791).
    private static final int PACKET_SIZE_MIN = 68;

    private static final int PACKET_SIZE_MAX = 65_535;

    /// What a packet is.
    public enum Layer {
        /// An IP packet, of either version: TUN.
        IP,
        /// An Ethernet frame: TAP.
        ETHERNET
    }

    /// IP packets of up to 8192 bytes at an interface of the system's choice.
    public static final TunnelOptions DEFAULT = new TunnelOptions("", Layer.IP, 8192);

    /// Checks.
    ///
    /// @throws IllegalArgumentException if no interface can be called so, or the size is out of its range
    public TunnelOptions {
        if (name.getBytes(StandardCharsets.UTF_8).length > NAME_MAX_BYTES || !name.matches("[^\0/\\s]*")) {
            throw new IllegalArgumentException("\"" + name.replace('\0', '?') + "\" is no name of a network interface: "
                    + NAME_MAX_BYTES + " bytes at most, no slash and no space");
        }
        if (maxPacketSize < PACKET_SIZE_MIN || maxPacketSize > PACKET_SIZE_MAX) {
            throw new IllegalArgumentException("maxPacketSize " + maxPacketSize + " is not between " + PACKET_SIZE_MIN
                    + " and " + PACKET_SIZE_MAX);
        }
    }

    /// With an interface of that name.
    public TunnelOptions name(String newName) {
        return new TunnelOptions(newName, layer, maxPacketSize);
    }

    /// With such packets.
    public TunnelOptions layer(Layer newLayer) {
        return new TunnelOptions(name, newLayer, maxPacketSize);
    }

    /// With packets of up to so many bytes.
    public TunnelOptions maxPacketSize(int bytes) {
        return new TunnelOptions(name, layer, bytes);
    }
}
