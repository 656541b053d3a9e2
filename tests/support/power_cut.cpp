// Loaded into an agent before everything else (LD_PRELOAD): the power goes at a step of its writing who it is and whom it trusts. Steps are the
// calls that make or remove the files below; FB_POWER_CUT="3" kills the process before the third, "3+" right after it.

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <initializer_list>
#include <unistd.h>

namespace {

int calls = 0;

bool isWatched(const char *name)
{
    for (const char *file : {"node.conf", "node.pair", "next.pair", "renewal.key"}) {
        if (std::strstr(name, file) != nullptr)
            return true;
    }
    return false;
}

// The number of this step if the power goes before (or after) it.
bool isTheMoment(bool after)
{
    const char *wish = std::getenv("FB_POWER_CUT");
    return wish != nullptr && std::atoi(wish) == calls && (std::strchr(wish, '+') != nullptr) == after;
}

void cutIf(bool now)
{
    if (now)
        ::kill(::getpid(), SIGKILL);
}

template <typename Fn>
Fn realOne(const char *name)
{
    return reinterpret_cast<Fn>(::dlsym(RTLD_NEXT, name));
}

}

extern "C" __attribute__((visibility("default"))) int renameat(int fromFolder, const char *from, int toFolder,
                                                               const char *to) noexcept
{
    const bool watched = isWatched(to);
    if (watched) {
        ++calls;
        cutIf(isTheMoment(false));
    }
    const int done
        = realOne<int (*)(int, const char *, int, const char *)>("renameat")(fromFolder, from, toFolder, to);
    if (watched)
        cutIf(isTheMoment(true));
    return done;
}

extern "C" __attribute__((visibility("default"))) int unlinkat(int folder, const char *name,
                                                               int flags) noexcept
{
    const bool watched = isWatched(name);
    if (watched) {
        ++calls;
        cutIf(isTheMoment(false));
    }
    const int done = realOne<int (*)(int, const char *, int)>("unlinkat")(folder, name, flags);
    if (watched)
        cutIf(isTheMoment(true));
    return done;
}
