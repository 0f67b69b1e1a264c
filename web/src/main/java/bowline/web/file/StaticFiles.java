package bowline.web.file;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.web.file.ByteRanges.ByteRange;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import bowline.web.message.Status;
import bowline.web.server.Content;
import bowline.web.server.Exchange;
import bowline.web.server.HttpError;
import bowline.web.server.Resource;
import bowline.web.server.Response;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Serves the files of a directory (WEB-10, W1): GET, HEAD and OPTIONS, with conditional requests and ranges.
///
/// Files are found and opened on the reactor's thread, without the detour of a thread for each: names and attributes
/// are nearly always in the system's cache. On a file system that can hang (a network's), serve from a process of its
/// own.
public final class StaticFiles implements Resource {
    private static final Logger log = Logger.of(StaticFiles.class);

    /// Up to this size a file is read and sent together with the head; a larger one goes by `sendfile`.
    static final int SMALL_MAX_BYTES = 32 << 10;

    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    private final FileLocator locator;
    private final List<String> indexNames;
    private final boolean listing;

    /// Files below `root`, with `index.html` for directories, which are not listed.
    ///
    /// @throws IOException if the root is no directory that can be read
    public StaticFiles(Path root) throws IOException {
        this(root, List.of("index.html"), false);
    }

    /// Files below `root`.
    ///
    /// @param indexNames files that stand for their directory, the first that is there
    /// @param listing whether a directory without one is listed
    /// @throws IOException if the root is no directory that can be read
    public StaticFiles(Path root, List<String> indexNames, boolean listing) throws IOException {
        this.locator = new FileLocator(root);
        this.indexNames = List.copyOf(indexNames);
        this.listing = listing;
    }

    @Override
    public Deferred<Response> render(Exchange exchange) throws IOException {
        return switch (exchange.head().method()) {
            case "GET", "HEAD" -> Deferred.succeed(find(exchange));
            case "OPTIONS" ->
                Deferred.succeed(Response.empty(
                        Status.NO_CONTENT,
                        Headers.builder().add(HeaderName.ALLOW, ALLOWED).build()));
            default ->
                Deferred.succeed(Response.errorPage(Status.METHOD_NOT_ALLOWED, "Files can only be read.")
                        .with(HeaderName.ALLOW, ALLOWED));
        };
    }

    private Response find(Exchange exchange) throws IOException {
        FileLocator.Found found = locator.find(exchange.head().path());
        if (found == null || (found.slash() && !found.attributes().isDirectory())) {
            throw new HttpError(Status.NOT_FOUND, "There is nothing of this name here.");
        }
        try {
            return found.attributes().isDirectory() ? directory(exchange, found) : file(exchange, found.path());
        } catch (AccessDeniedException denied) {
            throw new HttpError(Status.FORBIDDEN, "This may not be read.");
        }
    }

    // Directories

    private Response directory(Exchange exchange, FileLocator.Found directory) throws IOException {
        RequestHead head = exchange.head();
        if (!directory.slash()) {
            // The path had no empty segment, so this can lead to no other host.
            String query = head.query() == null ? "" : "?" + head.query();
            return Response.redirect(Status.MOVED_PERMANENTLY, head.path() + "/" + query);
        }
        for (String name : indexNames) {
            FileLocator.Found index = locator.entry(directory, name);
            if (index != null && index.attributes().isRegularFile()) {
                return file(exchange, index.path());
            }
        }
        if (!listing) {
            throw new HttpError(Status.FORBIDDEN, "This directory has no index page and is not listed.");
        }
        return Response.page(Status.OK, DirectoryListing.page(locator, directory, head.path()));
    }

    // Files

    private Response file(Exchange exchange, Path path) throws IOException {
        OpenFile file = OpenFile.open(path);
        boolean kept = false;
        try {
            Response response = respond(exchange, file, String.valueOf(path.getFileName()));
            kept = response.content() instanceof Content.FilePart || response.content() instanceof Content.Several;
            return response;
        } finally {
            if (!kept) {
                file.channel().close();
            }
        }
    }

    private Response respond(Exchange exchange, OpenFile file, String name) throws IOException {
        Headers headers = exchange.head().headers();
        var preconditions =
                new Preconditions(headers, file.validators(), exchange.clock().now());
        return switch (preconditions.outcome()) {
            case FAILED -> throw new HttpError(Status.PRECONDITION_FAILED, "The file is not as you assumed.");
            case NOT_MODIFIED ->
                Response.empty(
                        Status.NOT_MODIFIED, validators(file, Headers.builder()).build());
            case GO_ON -> {
                List<ByteRange> ranges = preconditions.rangeHolds() ? ranges(exchange.head(), file) : null;
                yield ranges == null ? whole(file, name) : parts(file, name, ranges);
            }
        };
    }

    /// The ranges asked for, or null if the whole file is.
    private static @Nullable List<ByteRange> ranges(RequestHead head, OpenFile file) {
        String value = head.headers().repeated(HeaderName.RANGE)
                ? null
                : head.headers().first(HeaderName.RANGE);
        // Only GET has ranges (RFC 9110 §14.2).
        return value == null || !head.method().equals("GET")
                ? null
                : ByteRanges.parse(value, file.validators().size());
    }

    private Response whole(OpenFile file, String name) throws IOException {
        Headers headers = describe(file, ContentTypes.of(name)).build();
        long size = file.validators().size();
        return response(Status.OK, headers, file, content(file, 0, size, size <= SMALL_MAX_BYTES), size);
    }

    private Response parts(OpenFile file, String name, List<ByteRange> ranges) throws IOException {
        long size = file.validators().size();
        if (ranges.isEmpty()) {
            return Response.errorPage(Status.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes.")
                    .with(HeaderName.CONTENT_RANGE, "bytes */" + size);
        }
        if (ranges.size() > 1) {
            var multipart = new MultipartRanges(ranges, size, ContentTypes.of(name));
            Headers headers = describe(file, multipart.contentType()).build();
            // What is read into memory is bounded for all parts together.
            boolean small = multipart.length() <= SMALL_MAX_BYTES;
            Content content = multipart.content(range -> content(file, range.first(), range.length(), small));
            return response(Status.PARTIAL_CONTENT, headers, file, content, multipart.length());
        }
        ByteRange range = ranges.getFirst();
        Headers headers = describe(file, ContentTypes.of(name))
                .add(HeaderName.CONTENT_RANGE, MultipartRanges.contentRange(range, size))
                .build();
        Content content = content(file, range.first(), range.length(), range.length() <= SMALL_MAX_BYTES);
        return response(Status.PARTIAL_CONTENT, headers, file, content, range.length());
    }

    private static Content content(OpenFile file, long position, long count, boolean small) throws IOException {
        return small
                ? Content.bytes(file.read(position, (int) count))
                : new Content.FilePart(file.channel(), position, count);
    }

    private static Response response(int status, Headers headers, OpenFile file, Content content, long length) {
        return new Response(new ResponseHead(status, headers, length), content, () -> close(file));
    }

    private static void close(OpenFile file) {
        try {
            file.channel().close();
        } catch (IOException broken) {
            log.failure("closing a file failed", Failure.of(broken));
        }
    }

    private static Headers.Builder describe(OpenFile file, String contentType) {
        return validators(file, Headers.builder())
                .add(HeaderName.CONTENT_TYPE, contentType)
                .add(HeaderName.ACCEPT_RANGES, "bytes")
                .add(HeaderName.X_CONTENT_TYPE_OPTIONS, "nosniff");
    }

    private static Headers.Builder validators(OpenFile file, Headers.Builder builder) {
        return builder.add(HeaderName.LAST_MODIFIED, file.validators().lastModified())
                .add(HeaderName.ETAG, file.validators().tag());
    }

    @Override
    public String toString() {
        return "files of " + locator.root();
    }
}
