#pragma once
// Files that an order names by their hash, got through the supervisor before they are used. One that is here already is not asked for again;
// none is used before its hash was checked. One thread.

#include "agent/platform/private_folder.h"
#include "agent/plugins/plugin.h"
#include "agent/spool/worker_socket.h"
#include "agent/worker/supervisor_peer.h"
#include "agent/worker/worker_loop.h"

#include <functional>

namespace fb::agent {

class FileFetch
{
public:
    using Done = std::function<void(const Result<void> &)>;

    FileFetch(WorkerLoop &loop, SupervisorPeer &peer, const PrivateFolder &folder)
        : m_loop(loop),
          m_peer(peer),
          m_folder(folder)
    {
    }

    // `done` comes from the loop, never from inside this call.
    void fetch(std::vector<NeededFile> files, std::chrono::seconds within, Done done);
    bool isRunning() const { return static_cast<bool>(m_done); }
    void cancel(); // `done` with an error
    void ask(); // again, of a supervisor that has just come
    void received(PacketReader &packet); // FileCame, FileFailed

private:
    void next();
    void finish(Result<void> outcome);

    WorkerLoop &m_loop;
    SupervisorPeer &m_peer;
    const PrivateFolder &m_folder; // of the order
    std::vector<NeededFile> m_files; // not here yet; the last one is on its way
    WorkerLoop::TimerId m_timeout = 0;
    Done m_done;
};

// The file lies in the order's folder and is what it should be.
Result<void> checkFile(const PrivateFolder &order, const NeededFile &file);

}
