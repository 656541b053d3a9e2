#pragma once
// OutputChannel: the exec-out and exec-err streams of nodes, as the output recorder answers them. The gateway stands behind it. Calls for
// a stream that is gone do nothing. Engine thread.

#include <QtGlobal>

#include <cstdint>
#include <string_view>

namespace fb {

struct OutputStreamId { // one stream on one connection; never used twice
    quint64 connection = 0;
    quint64 number = 0;
    auto operator<=>(const OutputStreamId &) const = default;
};

class OutputChannel
{
public:
    virtual ~OutputChannel() = default;
    virtual void accept(const OutputStreamId &stream, uint64_t window, uint64_t receiveFrom) = 0;
    virtual void refuse(const OutputStreamId &stream, std::string_view code, std::string_view text) = 0;
    virtual void acknowledge(const OutputStreamId &stream, uint64_t offset)
        = 0; // every byte below it is durable
    virtual void grant(const OutputStreamId &stream, uint64_t bytes) = 0;
};

}
