// An archive of a stranger's repository, taken apart into a staged tree: nothing may come to lie outside of it, whatever the members are
// called, and no more than the limits allow. [documents 8.19]

#include "agent/downloads/tar_archive.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>

using namespace fb::agent;

namespace {
constexpr DownloadLimits kLimits {.bytes = 1024 * 1024, .files = 100};

// A folder with a fence around it, once for the process.
const std::filesystem::path &fenced()
{
    static const std::filesystem::path path = [] {
        std::string name = (std::filesystem::temp_directory_path() / "fb-fuzz-tar-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            std::abort();
        std::atexit([] {
            std::error_code ignored;
            std::filesystem::remove_all(fenced(), ignored);
        });
        return std::filesystem::path(name);
    }();
    return path;
}

size_t entriesIn(const std::filesystem::path &folder)
{
    size_t count = 0;
    for ([[maybe_unused]] const auto &entry : std::filesystem::directory_iterator(folder))
        ++count;
    return count;
}
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static auto fence = PrivateFolder::openOrMake(fenced() / "fence");
    static const UniqueFd archive(::memfd_create("archive", MFD_CLOEXEC));
    if (!fence || ::ftruncate(archive.get(), 0) != 0
        || ::pwrite(archive.get(), bytes, size, 0) != static_cast<ssize_t>(size)
        || ::lseek(archive.get(), 0, SEEK_SET) != 0)
        std::abort();
    for (const char *name : {"inside", "target"})
        fence->removeTree(name);
    auto inside = fence->subfolder("inside");
    auto target = fence->subfolder("target");
    if (!inside || !target)
        std::abort();
    StagedTree staged(*std::move(inside), kLimits);
    const auto unpacked = unpackTar(archive.get(), size % 2 ? "sub" : "", staged);
    if (staged.bytes() > kLimits.bytes || (unpacked && *unpacked > kLimits.files))
        std::abort();
    if (unpacked) {
        const auto delivered = staged.deliverTo(target->fd(), target->path());
        static_cast<void>(delivered); // a link that leads out refuses it
    }
    if (entriesIn(fenced()) != 1 || entriesIn(fence->path()) != 2)
        std::abort(); // something got out
    return 0;
}
