#pragma once
// Files that an order names by their hash, fetched from the engine for its worker (spec/documents.md 3.7, 3.12): one stream of kind file-get
// each. What came is kept by the host; a link that breaks is gone on with where it stopped. Part of NodeCore.

#include "agent/supervisor/worker_host.h"
#include "backend/core/clock.h"
#include "backend/protocol/link.h"

#include <map>

namespace fb::agent {

class FileStreams
{
public:
    FileStreams(WorkerHost &host, const Clock &clock) : m_host(host), m_clock(clock) { }

    void wanted(const OrderKey &order, const WantedFile &file); // again: it goes on, or is told again
    void orderForgotten(const OrderKey &order);

    void linkUp(protocol::Link &link);
    void linkDown();
    bool owns(protocol::StreamNumber stream) const { return m_byStream.contains(stream); }
    void refused(const protocol::StreamRefused &refused);
    void dataReceived(protocol::StreamNumber stream, uint64_t offset, std::string_view bytes);
    void finished(protocol::StreamNumber stream);
    void reset(const protocol::StreamReset &reset);

    void onTime();
    Tick nextDeadline() const { return m_retryAt; }
    bool isEmpty() const { return m_files.empty(); }

private:
    struct Key {
        OrderKey order;
        std::string sha256;
        friend auto operator<=>(const Key &, const Key &) = default;
    };
    struct File {
        uint64_t size = 0;
        uint64_t received = 0;
        protocol::StreamNumber stream = 0;
    };

    void openAll();
    void open(const Key &key, File &file);
    void end(const Key &key, std::string_view failure); // empty: it is whole

    WorkerHost &m_host;
    const Clock &m_clock;
    protocol::Link *m_link = nullptr;
    std::map<Key, File> m_files;
    std::map<protocol::StreamNumber, Key> m_byStream;
    Tick m_retryAt = Tick::max();
};

}
