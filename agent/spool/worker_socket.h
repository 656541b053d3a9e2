#pragma once
// What supervisor and worker say to each other over work/<order>/sock: one packet a message (SOCK_SEQPACKET), first byte the kind. Files
// are the truth; packets only say that something has changed, except for a terminal's bytes. Pure functions and small wrappers; any thread.

#include "agent/platform/private_folder.h"
#include "agent/platform/unique_fd.h"
#include "backend/core/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fb::agent {

enum class WorkerMessage : uint8_t {
    // worker -> supervisor
    OutputGrew = 1, // step u32, pipe u32, size u64
    StepEnded, // step u32: <n>.result.pb is there
    Ended, // result.pb is there
    Cancelled, // killed u32, survived u32
    TerminalState, // first kept u64, next u64, received u64, then the note
    TerminalOutput, // offset u64, bytes
    TerminalInputTaken, // bytes u64, echo u32: the terminal's ECHO when it took them
    TerminalEnded, // final offset u64, exit code u32, reason
    TerminalFailed, // text
    TerminalError, // as TerminalOutput, of standard error
    WantFile, // size u64, SHA-256: answered by FileCame or FileFailed
    // supervisor -> worker
    Cancel = 64,
    HoldOutput, // the spool is full: further output is dropped and counted
    ReleaseOutput,
    TerminalSendFrom, // offset u64, bytes u64
    TerminalGrant, // bytes u64
    TerminalAcknowledge, // below u64
    TerminalInput, // offset u64, bytes
    TerminalResize, // columns u32, rows u32
    TerminalSignal, // number u32
    TerminalEnd, // reason
    TerminalDiscard, // every byte was acknowledged: the worker may go
    LinkChanged, // connected u32
    FileCame, // SHA-256: it lies in files/
    FileFailed, // SHA-256, then why
};

inline constexpr size_t kMaxPacketBytes = 48 * 1024;

// Puts a packet together: Packet(WorkerMessage::OutputGrew).u32(step).u64(size).bytes
class Packet
{
public:
    explicit Packet(WorkerMessage kind) { bytes.push_back(static_cast<char>(kind)); }
    Packet &&u32(uint32_t value) &&;
    Packet &&u64(uint64_t value) &&;
    Packet &&text(std::string_view value) &&; // the rest of the packet
    std::string bytes;
};

// Takes it apart; what is missing reads as zero and makes isSound() false.
class PacketReader
{
public:
    explicit PacketReader(std::string_view packet);
    WorkerMessage kind() const { return m_kind; }
    uint32_t u32();
    uint64_t u64();
    std::string_view rest() const { return m_rest; }
    bool isSound() const { return m_sound; }

private:
    WorkerMessage m_kind {};
    std::string_view m_rest;
    bool m_sound = true;
};

// Both through the folder's descriptor, so that the path's length does not matter.
Result<UniqueFd> listenIn(const PrivateFolder &folder); // "sock", mode 0600, not blocking
std::optional<UniqueFd> connectIn(const PrivateFolder &folder); // none: nobody listens any more

enum class Sent { Yes, Later, Gone };
Sent sendPacket(int fd, std::string_view packet); // Later: the buffer is full
// Empty text with open == false: the peer is gone.
struct Received {
    std::string packet;
    bool open = true;
    bool any = false;
};
Received receivePacket(int fd);
// The process at the other end.
pid_t peerProcess(int fd);

}
