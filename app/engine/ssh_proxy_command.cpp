#include "app/engine/commands.h"

#include "backend/control/control_client.h"
#include "backend/engine/ssh_proxy_stream.h"

#include <QStandardPaths>

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const Usage kSshProxy {
        .name = u"ssh-proxy"_s,
        .summary
        = u"Joins standard input and output to a port of a node, for ssh's ProxyCommand. The node needs no open port."_s,
        .options
        = {{u"data"_s, u"Folder of the running engine (default: ~/.local/share/flagbridge)."_s, u"DIR"_s},
           {u"node"_s, u"Node id; or as the first word."_s, u"ID"_s},
           {u"port"_s, u"Port on the node; or as the second word (default: 22)."_s, u"PORT"_s},
           {u"reason"_s, u"Why, for the record."_s, u"TEXT"_s}},
        .examples = u"  In ~/.ssh/config:\n    Host mi-*\n      ProxyCommand flagbridge ssh-proxy %h %p\n"
                    "  Then: ssh admin@mi-0123456789abcdef0"_s,
    };

    constexpr qint64 kProxyCall = 1;
    constexpr size_t kReadBytes = 32 * 1024;

    bool writeAll(const QByteArray &bytes)
    {
        for (qsizetype written = 0; written < bytes.size();) {
            const ssize_t count = ::write(STDOUT_FILENO, bytes.constData() + written,
                                          static_cast<size_t>(bytes.size() - written));
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return false;
            written += count;
        }
        return true;
    }

    // Moves bytes until both halves have ended, or the engine says why not.
    class ProxyLoop
    {
    public:
        explicit ProxyLoop(ControlClient &engine) : m_engine(engine) { }

        Result<QJsonObject> run()
        {
            while (true) {
                while (const auto line = m_engine.takeLine()) {
                    if (line->contains(u"output"_s))
                        return (*line)[u"output"].toObject();
                    if (line->contains(u"error"_s))
                        return errorFromJson((*line)[u"error"].toObject());
                    if (!take((*line)[u"event"].toObject()))
                        return QJsonObject(); // nobody reads us any more; the engine ends the session when we are gone
                }
                const bool reads = m_inputOpen && m_onTheWay < kSshProxyWindow;
                std::array<pollfd, 2> ready {pollfd {m_engine.descriptor(), POLLIN, 0},
                                             pollfd {reads ? STDIN_FILENO : -1, POLLIN, 0}};
                if (::poll(ready.data(), ready.size(), -1) < 0)
                    continue;
                if (ready[1].revents)
                    takeInput();
                if (ready[0].revents) {
                    if (const Result<void> more = m_engine.readSome(); !more)
                        return more.error();
                }
            }
        }

    private:
        bool take(const QJsonObject &event)
        {
            m_onTheWay -= event[u"Taken"].toInteger();
            if (event[u"EndOfOutput"].toBool())
                ::close(STDOUT_FILENO);
            return writeAll(QByteArray::fromBase64(event[u"Bytes"].toString().toLatin1()));
        }
        void takeInput()
        {
            std::array<char, kReadBytes> buffer;
            const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR)
                return;
            m_inputOpen = count > 0;
            m_onTheWay += std::max<ssize_t>(0, count);
            const QJsonObject input = count > 0
                ? QJsonObject {{u"Bytes"_s, QString::fromLatin1(QByteArray(buffer.data(), count).toBase64())}}
                : QJsonObject {{u"EndOfInput"_s, true}};
            // A lost engine is seen by the read side, with its reason.
            static_cast<void>(m_engine.send({.id = kProxyCall, .input = input}));
        }

        ControlClient &m_engine;
        qint64 m_onTheWay = 0;
        bool m_inputOpen = true;
    };
}

// ssh names target and port as bare words: "ssh-proxy %h %p".
ExitCode sshProxyCommand(const QStringList &given)
{
    QStringList arguments = given;
    QStringList words;
    while (!arguments.isEmpty() && !arguments.first().startsWith(u'-') && words.size() < 2)
        words.append(arguments.takeFirst());
    if (!words.isEmpty())
        arguments << u"--node"_s << words.value(0);
    if (words.size() > 1)
        arguments << u"--port"_s << words.value(1);
    if (!arguments.contains(u"--data"_s))
        arguments << u"--data"_s
                  << QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/flagbridge"_s;
    const auto parsed = Options::parse(kSshProxy, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"node"_s))
        return usageError(u"name a node and a port: flagbridge-engine ssh-proxy mi-0123456789abcdef0 22"_s);
    return withEngine(options, [&](ControlClient &engine) {
        QJsonObject input {{u"Target"_s, options.value(u"node"_s)}};
        if (options.has(u"port"_s))
            input[u"PortNumber"] = options.value(u"port"_s);
        if (options.has(u"reason"_s))
            input[u"Reason"] = options.value(u"reason"_s);
        if (const auto sent = engine.send({.id = kProxyCall, .operation = u"SshProxy"_s, .input = input});
            !sent)
            return report(engine, sent.error(), false);
        const Result<QJsonObject> ended = ProxyLoop(engine).run();
        return ended ? ExitCode::Success : report(engine, ended.error(), false);
    });
}

QList<Usage> sshProxyUsages() { return {kSshProxy}; }

}
