#include "app/engine/commands.h"
#include "app/engine/terminal_mode.h"

#include "backend/control/control_client.h"

#include <QJsonArray>

#include <sys/signalfd.h>

#include <poll.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const Usage kShell {
        .name = u"shell"_s,
        .summary
        = u"Opens a shell on a node, in this terminal. The node needs no open port; the session is recorded."_s,
        .options = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
                    {u"node"_s, u"Node id."_s, u"ID"_s},
                    {u"document"_s, u"Session document (default: SSM-SessionManagerRunShell)."_s, u"NAME"_s},
                    {u"parameter"_s, u"Parameter of the document; may be given several times."_s, u"K=V"_s},
                    {u"reason"_s, u"Why, for the record."_s, u"TEXT"_s}},
        .examples
        = u"  flagbridge-engine shell --data /var/lib/flagbridge --node mi-0123456789abcdef0\n"
          "  flagbridge-engine shell --data /var/lib/flagbridge --node mi-0123456789abcdef0 \\\n"
          "      --document AWS-StartNonInteractiveCommand --parameter command='df -h'\n"
          "A command without a terminal keeps its output and its errors apart, and its exit code becomes this one's."_s,
    };

    constexpr qint64 kShellCall = 1;

    QJsonObject sizeNow()
    {
        const auto [columns, rows] = terminalSize();
        return {{u"Columns"_s, columns}, {u"Rows"_s, rows}};
    }

    // Moves bytes between this terminal and the session until one of them ends.
    class ShellLoop
    {
    public:
        explicit ShellLoop(ControlClient &engine) : m_engine(engine)
        {
            sigset_t resized;
            sigemptyset(&resized);
            sigaddset(&resized, SIGWINCH);
            sigprocmask(SIG_BLOCK, &resized, nullptr);
            m_resizes = signalfd(-1, &resized, SFD_CLOEXEC);
        }
        ~ShellLoop() { ::close(m_resizes); }
        ShellLoop(const ShellLoop &) = delete;
        ShellLoop &operator=(const ShellLoop &) = delete;

        Result<QJsonObject> run()
        {
            std::optional<RawTerminal> raw; // a program without a terminal leaves ours as it is
            while (true) {
                while (const auto line = m_engine.takeLine()) {
                    if (line->contains(u"output"_s))
                        return (*line)[u"output"].toObject();
                    if (line->contains(u"error"_s))
                        return errorFromJson((*line)[u"error"].toObject());
                    const QJsonObject event = (*line)[u"event"].toObject();
                    if (event.contains(u"SessionType"_s)
                        && event[u"SessionType"].toString() != u"NonInteractiveCommands"_s)
                        raw.emplace();
                    show(event);
                }
                std::array<pollfd, 3> ready {pollfd {m_engine.descriptor(), POLLIN, 0},
                                             pollfd {m_inputOpen ? STDIN_FILENO : -1, POLLIN, 0},
                                             pollfd {m_resizes, POLLIN, 0}};
                if (::poll(ready.data(), ready.size(), -1) < 0)
                    continue;
                if (ready[2].revents)
                    takeResize();
                if (ready[1].revents)
                    takeInput();
                if (ready[0].revents) {
                    if (const Result<void> more = m_engine.readSome(); !more)
                        return more.error();
                }
            }
        }

    private:
        void show(const QJsonObject &event)
        {
            const QByteArray bytes = QByteArray::fromBase64(event[u"Bytes"].toString().toLatin1());
            std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stdout);
            std::fflush(stdout);
            const QByteArray errors = QByteArray::fromBase64(event[u"ErrorBytes"].toString().toLatin1());
            std::fwrite(errors.constData(), 1, static_cast<size_t>(errors.size()), stderr);
            const QString notice = event[u"Notice"].toString();
            if (!notice.isEmpty())
                std::fprintf(stderr, "flagbridge: %s\r\n", qPrintable(notice));
        }
        void takeResize()
        {
            signalfd_siginfo info {};
            if (::read(m_resizes, &info, sizeof info) > 0)
                send({{u"Resize"_s, sizeNow()}});
        }
        void takeInput()
        {
            std::array<char, 4096> buffer;
            const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
            m_inputOpen = count > 0;
            if (count > 0)
                send({{u"Bytes"_s, QString::fromLatin1(QByteArray(buffer.data(), count).toBase64())}});
            else
                send({{u"EndOfInput"_s, true}});
        }
        void send(const QJsonObject &input)
        {
            // A lost engine is seen by the read side, with its reason.
            static_cast<void>(m_engine.send({.id = kShellCall, .input = input}));
        }

        ControlClient &m_engine;
        int m_resizes = -1;
        bool m_inputOpen = true;
    };
}

ExitCode shellCommand(const QStringList &arguments)
{
    const auto parsed = Options::parse(kShell, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"node"_s))
        return usageError(u"--node ID is missing. List the nodes with: flagbridge-engine nodes --data DIR"_s);
    const auto pairs = parsePairs(options.values(u"parameter"_s), u"parameter"_s);
    if (!pairs)
        return usageError(QString::fromStdString(pairs.error().message));
    QJsonObject parameters;
    for (const auto &[name, value] : *pairs) {
        QJsonArray values = parameters[name].toArray();
        values.append(value);
        parameters[name] = values;
    }
    return withEngine(options, [&](ControlClient &engine) -> ExitCode {
        QJsonObject input = sizeNow();
        input[u"Target"] = options.value(u"node"_s);
        if (options.has(u"reason"_s))
            input[u"Reason"] = options.value(u"reason"_s);
        if (options.has(u"document"_s))
            input[u"DocumentName"] = options.value(u"document"_s);
        input[u"Parameters"] = parameters;
        if (const auto sent = engine.send({.id = kShellCall, .operation = u"Shell"_s, .input = input}); !sent)
            return report(engine, sent.error(), false);
        const Result<QJsonObject> ended = ShellLoop(engine).run();
        if (!ended)
            return report(engine, ended.error(), false);
        if ((*ended)[u"SessionType"].toString() == u"NonInteractiveCommands"_s
            && ended->contains(u"ExitCode"_s)) // as the command itself would end
            return static_cast<ExitCode>((*ended)[u"ExitCode"].toInt());
        std::fprintf(stderr, "Session %s: %s\n", qPrintable((*ended)[u"SessionId"].toString()),
                     qPrintable((*ended)[u"Details"].toString()));
        return (*ended)[u"Status"].toString() == u"Terminated"_s ? ExitCode::Success : ExitCode::OtherEnd;
    });
}

QList<Usage> shellUsages() { return {kShell}; }

}
