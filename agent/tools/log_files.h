#pragma once
// The files in a folder of logs, for a node without a journal. Links are not followed. Any thread.

#include "backend/protocol/tools.pb.h"

#include <string>

namespace fb::agent {

// Sorted by path, at most `most`; `cut`: there are others, or some lie too deep.
void listLogFiles(const std::string &folder, int most, wire::JournalPlace &place);

}
