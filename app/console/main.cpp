// flagbridge: the console, with the engine in its process.
#include "app/console/console_entrance.h"
#include "app/console/console_program.h"
#include "app/console/memory_use.h"
#include "backend/security/trusted_paths.h"
#include "models/table/visible_text.h"
#include "ui/shell/console_link.h"
#include "ui/theme/flagbridge_style.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QSocketNotifier>

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

// SIGTERM and SIGINT as an event of the loop, so that agents and engine end in order.
int stopSignals()
{
    sigset_t stopSet;
    sigemptyset(&stopSet);
    sigaddset(&stopSet, SIGTERM);
    sigaddset(&stopSet, SIGINT);
    sigprocmask(SIG_BLOCK, &stopSet, nullptr);
    return signalfd(-1, &stopSet, SFD_CLOEXEC | SFD_NONBLOCK);
}

// `flagbridge ssh-proxy HOST PORT`, for ssh's ProxyCommand, is the engine's program beside this one.
int runSshProxy(int argc, char **argv)
{
    char own[PATH_MAX];
    const ssize_t size = ::readlink("/proc/self/exe", own, sizeof own);
    std::string sibling(own, size > 0 ? static_cast<size_t>(size) : 0);
    sibling.erase(sibling.rfind('/') + 1).append("flagbridge-engine");
    std::vector<char *> arguments(argv, argv + argc);
    arguments.push_back(nullptr);
    ::execv(sibling.c_str(), arguments.data());
    std::fprintf(stderr, "flagbridge: %s cannot be started: %s\n", sibling.c_str(), std::strerror(errno));
    return 1;
}

// What is given to open must be an address of ours: a desktop hands over whatever a web page named.
bool readLink(const QString &text)
{
    if (text.isEmpty())
        return true;
    const fb::ConsoleLink link = fb::ConsoleLink::read(text);
    if (link.problem.isEmpty())
        return true;
    std::fprintf(stderr, "flagbridge: %s: %s; flagbridge --help lists the options\n",
                 qPrintable(fb::visibleText(text, 80)), qPrintable(link.problem));
    return false;
}
}

int main(int argc, char **argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "ssh-proxy")
        return runSshProxy(argc, argv);
    fb::keepMemoryTight();
    const int stopFd = stopSignals(); // before Qt starts threads that would take them
    ::umask(0077);
    ::prctl(PR_SET_DUMPABLE, 0); // holds keys: no core dump
    if (!fb::TrustedPaths::keepTo("flagbridge", argc, argv))
        return 2;
    QApplication application(argc, argv);
    QIcon::setThemeSearchPaths(fb::TrustedPaths::only(QIcon::themeSearchPaths()));
    QIcon::setFallbackSearchPaths(fb::TrustedPaths::only(QIcon::fallbackSearchPaths()));
    QApplication::setApplicationName(u"flagbridge"_s);
    QApplication::setApplicationVersion(QStringLiteral(FB_VERSION));
    QApplication::setDesktopFileName(u"org.flagbridge.Console"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Runs a fleet of machines from the desktop. The engine is inside; nothing need be started beside it."_s);
    parser.addPositionalArgument(u"link"_s, u"flagbridge:// address of a page to open."_s,
                                 u"[flagbridge://...]"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data(
        u"data"_s, u"Folder of the engine's state (default: ~/.local/share/flagbridge)."_s, u"DIR"_s);
    const QCommandLineOption demo(
        u"demo"_s, u"Start six agents on this machine, unprivileged, as a fleet to try things on."_s);
    const QCommandLineOption listen(
        u"listen"_s,
        u"Where agents dial in (default 127.0.0.1:8443; with --demo a free port, kept for the next start)."_s,
        u"ADDR:PORT"_s);
    const QCommandLineOption advertise(
        u"advertise"_s, u"Name or address that nodes are told (default: the one it listens on)."_s,
        u"HOST"_s);
    const QCommandLineOption store(u"store"_s, u"postgresql://user@host/database (default: SQLite in DIR)."_s,
                                   u"URL"_s);
    const QCommandLineOption passphrase(
        u"passphrase-file"_s,
        u"File with the passphrase that seals the master key, where there is no keychain."_s, u"FILE"_s);
    const QCommandLineOption language(u"language"_s,
                                      u"en or ja (default: as chosen before, or the system's)."_s, u"CODE"_s);
    const QCommandLineOption theme(u"theme"_s, u"light, dark, high-contrast or system."_s, u"NAME"_s);
    parser.addOptions({data, demo, listen, advertise, store, passphrase, language, theme});
    parser.process(application);
    const auto oneOf = [&](const QCommandLineOption &option, const QStringList &allowed) {
        if (!parser.isSet(option) || allowed.contains(parser.value(option)))
            return true;
        std::fprintf(stderr, "flagbridge: --%s is \"%s\"; it must be one of: %s\n",
                     qPrintable(option.names().first()), qPrintable(parser.value(option)),
                     qPrintable(allowed.join(u", "_s)));
        return false;
    };
    const QString link = parser.positionalArguments().value(0);
    if (parser.positionalArguments().size() > 1 || !readLink(link))
        return 2;
    if (!oneOf(language, fb::Language::known())
        || !oneOf(theme, {u"light"_s, u"dark"_s, u"high-contrast"_s, u"system"_s}))
        return 2;

    fb::FlagbridgeStyle::install(fb::ColorSchemeWatch().scheme());
    std::unique_ptr<fb::ConsoleDoor> door; // shut when the engine has stopped
    fb::ConsoleProgram program({.dataDir = parser.value(data),
                                .storeUrl = parser.value(store),
                                .listen = parser.value(listen),
                                .advertise = parser.value(advertise),
                                .passphraseFile = parser.value(passphrase),
                                .language = parser.value(language),
                                .theme = parser.value(theme),
                                .agentProgram = {},
                                .demo = parser.isSet(demo),
                                .welcomes = true});
    door = std::make_unique<fb::ConsoleDoor>(program.dataDir());
    const fb::ConsoleDoor::Visit visit {link, qEnvironmentVariable("XDG_ACTIVATION_TOKEN")};
    const fb::ConsoleDoor::Answer answer = door->knock(visit);
    if (answer.knock == fb::ConsoleDoor::Knock::Answered) {
        std::fprintf(stderr, "flagbridge: the console on %s runs already; it comes to the front\n",
                     qPrintable(program.dataDir()));
        return 0;
    }
    if (answer.knock == fb::ConsoleDoor::Knock::Refused) {
        std::fprintf(stderr, "flagbridge: %s: %s\n", qPrintable(link), qPrintable(answer.words));
        return 2;
    }
    if (answer.knock == fb::ConsoleDoor::Knock::Silent) {
        std::fprintf(stderr, "flagbridge: another console on %s runs, but does not answer\n",
                     qPrintable(program.dataDir()));
        return 1;
    }
    // Where the folder cannot be used the program's own start tells why.
    fb::ConsoleEntrance entrance(program, *door);
    if (!link.isEmpty())
        entrance.open({link, {}});
    QSocketNotifier stop(stopFd, QSocketNotifier::Read);
    // Told to stop from outside: nothing is asked.
    QObject::connect(&stop, &QSocketNotifier::activated, &application, [] { QApplication::exit(0); });
    program.start();
    return QApplication::exec();
}
