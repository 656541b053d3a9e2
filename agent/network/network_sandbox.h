#pragma once
// What the network process gives up, step by step: who it is, its files, its system calls. For good: nothing here can be taken back. Each step
// answers in words what of it this machine does not have (an old kernel, a container that forbids it); empty: all was done.

#include <string>

namespace fb::agent {

// The user that the package makes for it.
inline constexpr const char *kNetworkUser = "flagbridge-network";

// For a process of one thread that is about to talk to strangers. As root it becomes kNetworkUser, or nobody where that user is not; nothing it
// holds but descriptors 0 to 3, no environment, no new privileges, no core file, no files written, no processes started, unreadable to its own
// user, and dead once its parent is.
std::string leavePrivileges();

enum class NetworkStage {
    Resolving, // names are asked for and addresses dialled: what that needs may be read, sockets may be made
    Talking, // the connection stands: nothing but its bytes, time and memory
};
std::string confineFiles(NetworkStage stage); // Landlock
std::string confineCalls(
    NetworkStage stage); // seccomp: what is not allowed fails, and what no honest process would try kills it

}
