#pragma once
// What the outputs of all orders may hold of the node's disk (run-command 7). The supervisor counts what workers tell it; each worker looks for itself
// as well, so that it holds also while no supervisor runs. Any thread.

#include "agent/platform/private_folder.h"

#include <cstdint>

namespace fb::agent {

uint64_t
spoolLimit(const PrivateFolder &state); // 256 MiB or 2 % of the disk, whichever is less; 1 MiB at least
uint64_t
spoolUsed(const PrivateFolder &work); // blocks of the outputs in all its folders; what was released is none

}
