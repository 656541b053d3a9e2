// Feeds the files of the given folders to a fuzz target: the regression test of every input that once broke something. A crash, a
// sanitizer's report or an empty corpus fails.

#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

namespace {

int replayFolder(const std::filesystem::path &folder)
{
    int count = 0;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        std::printf("%s\n", entry.path().c_str());
        std::fflush(stdout); // so that the last line names the input of a crash
        LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size());
        ++count;
    }
    return count;
}

}

int main(int argc, char **argv)
{
    int count = 0;
    try {
        for (int i = 1; i < argc; ++i)
            count += replayFolder(argv[i]);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "replay: %s\n", error.what());
        return 1;
    }
    std::printf("%d inputs\n", count);
    return count > 0 ? 0 : 1;
}
