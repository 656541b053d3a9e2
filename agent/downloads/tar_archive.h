#pragma once
// Takes a tar archive (plain or gzip) apart into a staged tree, by libarchive. Its member names are hostile: the first one that would
// leave the tree ends it. One thread.

#include "agent/downloads/staged_tree.h"

namespace fb::agent {

// `fd`: of the archive, at its beginning. Members lie in one top folder, which is left out; of what is in it only what lies below `folder`
// is taken ("" for all). The number of files taken. ValidationException naming a member that is no file, folder or link, or leaves the tree.
Result<size_t> unpackTar(int fd, std::string_view folder, StagedTree &staged);

}
