#include "backend/protocol/compression.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

namespace fb::protocol {

namespace {
    constexpr int kWindowLog = 20; // 1 MiB

    // One pair a thread: contexts are hundreds of KiB, connections are thousands.
    ZSTD_CCtx *compressor()
    {
        static thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(
            ZSTD_createCCtx(), &ZSTD_freeCCtx);
        return context.get();
    }

    ZSTD_DCtx *decompressor()
    {
        static thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context = [] {
            std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> made(ZSTD_createDCtx(), &ZSTD_freeDCtx);
            ZSTD_DCtx_setParameter(made.get(), ZSTD_d_windowLogMax, kWindowLog);
            return made;
        }();
        return context.get();
    }

    Error broken(std::string message)
    {
        return makeError(errors::kValidation, std::move(message), "frame.payload");
    }
}

std::string compress(std::string_view bytes)
{
    std::string out(bytes.size(), '\0'); // the result must be smaller than the input
    const size_t size
        = ZSTD_compressCCtx(compressor(), out.data(), out.size(), bytes.data(), bytes.size(), 1);
    // What expands beyond the receiver's ratio goes as it is: an honest run of zeros must not look like an attack.
    if (ZSTD_isError(size) != 0 || size >= bytes.size() || size * kMaxExpansion < bytes.size())
        return {};
    out.resize(size);
    return out;
}

Result<std::string> decompress(std::string_view bytes, size_t limit)
{
    limit = std::min({limit, kMaxExpandedBytes, bytes.size() * kMaxExpansion});
    ZSTD_DCtx *context = decompressor();
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only);
    std::string out;
    char piece[16 * 1024];
    ZSTD_inBuffer in {bytes.data(), bytes.size(), 0};
    size_t state = 1;
    do {
        ZSTD_outBuffer room {piece, sizeof(piece), 0};
        state = ZSTD_decompressStream(context, &room, &in);
        if (ZSTD_isError(state) != 0)
            return broken(fmt::format("A compressed payload is broken: {}.", ZSTD_getErrorName(state)));
        if (out.size() + room.pos > limit)
            return broken(fmt::format("A compressed payload of {} bytes expands beyond {} bytes.",
                                      bytes.size(), limit));
        out.append(piece, room.pos);
        if (room.pos == 0 && in.pos == in.size && state != 0)
            return broken("A compressed payload is cut short.");
    } while (state != 0);
    if (in.pos != in.size)
        return broken("A compressed payload has bytes after its end.");
    return out;
}

}
