#include "app/console/console_door.h"

#include "backend/control/control_socket.h"
#include "ui/shell/console_link.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QTimer>

#include <sys/file.h>
#include <sys/socket.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(doorLog, "fb.door")

namespace {

    constexpr const char *kSocket = "console.sock";
    constexpr auto kPatience = 5s; // with a visitor, and with a host
    constexpr int kMostVisitors = 8; // at once
    const QByteArray kGreeting = "flagbridge-console 1"; // first of the three lines that a visitor says
    constexpr qsizetype kMostToken = 256;
    constexpr qint64 kMostBytes = 4 * ConsoleLink::kMostChars + kMostToken + 64; // UTF-8
    constexpr qint64 kMostAnswer = 1024;

    // It goes into our environment, from where Qt reads it.
    bool isToken(const QString &token)
    {
        return token.size() <= kMostToken && std::all_of(token.begin(), token.end(), [](QChar letter) {
                   return letter.unicode() > 0x20 && letter.unicode() < 0x7f;
               });
    }
}

ConsoleDoor::ConsoleDoor(const QString &dataDir, QObject *parent) : QObject(parent), m_dataDir(dataDir)
{
    connect(&m_server, &QLocalServer::newConnection, this, &ConsoleDoor::takeVisitors);
}

ConsoleDoor::~ConsoleDoor()
{
    if (m_server.isListening()) {
        m_server.close();
        removeControlSocket(m_dataDir, kSocket);
    }
    if (m_lock >= 0)
        ::close(m_lock); // and with it the lock
}

ConsoleDoor::Answer ConsoleDoor::knock(const Visit &visit)
{
    const auto failed = [this] {
        return Answer {Knock::NoFolder,
                       u"%1: %2"_s.arg(m_dataDir, QString::fromLocal8Bit(std::strerror(errno)))};
    };
    if (!QDir().mkpath(m_dataDir))
        return failed();
    QFile::setPermissions(m_dataDir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QByteArray path = QFile::encodeName(m_dataDir + u"/console.lock"_s);
    const QDeadlineTimer deadline(kPatience);
    m_lock = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_lock < 0)
        return failed();
    Answer answer {Knock::Silent, {}};
    while (answer.knock == Knock::Silent) {
        if (::flock(m_lock, LOCK_EX | LOCK_NB) == 0) { // also when the other one has just ended
            const Result<int> listener = listenOnControlSocket(m_dataDir, kSocket);
            if (!listener || !m_server.listen(qintptr(*listener)))
                return failed();
            return {Knock::First, {}};
        }
        answer = ask(visit);
        if (deadline.hasExpired())
            break;
        if (answer.knock == Knock::Silent)
            ::poll(nullptr, 0, 50); // it is just starting, or ending
    }
    ::close(std::exchange(m_lock, -1));
    return answer;
}

ConsoleDoor::Answer ConsoleDoor::ask(const Visit &visit) const
{
    const Result<int> connected = connectToControlSocket(m_dataDir, kSocket);
    if (!connected)
        return {Knock::Silent, {}};
    const int descriptor = *connected;
    QByteArray said;
    if (peerUser(descriptor) == ::getuid()) {
        const QByteArray message
            = kGreeting + '\n' + visit.link.toUtf8() + '\n' + visit.token.toUtf8() + '\n';
        const timeval patience {kPatience.count(), 0};
        ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        if (::send(descriptor, message.constData(), static_cast<size_t>(message.size()), MSG_NOSIGNAL)
            == message.size()) {
            char piece[256];
            ssize_t read = 0;
            while (said.size() < kMostAnswer && (read = ::recv(descriptor, piece, sizeof piece, 0)) > 0)
                said.append(piece, read);
        }
    }
    ::close(descriptor);
    if (!said.endsWith('\n'))
        return {Knock::Silent, {}};
    const QString words = QString::fromUtf8(said).trimmed();
    return words == u"ok" ? Answer {Knock::Answered, {}} : Answer {Knock::Refused, words};
}

void ConsoleDoor::answerWith(std::function<QString(const Visit &)> open)
{
    m_open = std::move(open);
    takeVisitors();
}

void ConsoleDoor::takeVisitors()
{
    if (!m_open)
        return;
    while (QLocalSocket *visitor = m_server.nextPendingConnection()) {
        const uid_t user = peerUser(static_cast<int>(visitor->socketDescriptor()));
        if (user != ::getuid() || findChildren<QLocalSocket *>().size() >= kMostVisitors) {
            qCWarning(doorLog) << "turned away a visitor of user" << user;
            visitor->abort();
            visitor->deleteLater();
            continue;
        }
        visitor->setParent(this);
        visitor->setReadBufferSize(kMostBytes + 1);
        connect(visitor, &QLocalSocket::disconnected, visitor, &QObject::deleteLater);
        connect(visitor, &QLocalSocket::readyRead, this, [this, visitor] { serve(visitor); });
        QTimer::singleShot(kPatience, visitor, &QLocalSocket::abort);
        serve(visitor); // what has come already gives no signal any more
    }
}

void ConsoleDoor::serve(QLocalSocket *visitor)
{
    const QByteArray message = visitor->peek(kMostBytes + 1);
    if (message.size() <= kMostBytes && message.count('\n') < 3)
        return; // more is to come
    visitor->disconnect(this); // it is served once
    const QList<QByteArray> lines = message.split('\n');
    const auto answer = [visitor](const QString &words) {
        visitor->write(words.toUtf8().left(kMostAnswer - 1) + '\n');
        visitor->disconnectFromServer();
    };
    if (message.size() > kMostBytes || lines.size() != 4 || !lines[3].isEmpty() || lines[0] != kGreeting)
        return answer(u"this is not understood; is it another version of Flagbridge?"_s);
    Visit visit {QString::fromUtf8(lines[1]), QString::fromUtf8(lines[2])};
    if (!isToken(visit.token))
        visit.token.clear(); // the window may stay behind, no more
    if (!visit.link.isEmpty()) {
        if (const ConsoleLink link = ConsoleLink::read(visit.link); !link.problem.isEmpty())
            return answer(link.problem);
    }
    const QString refused = m_open(visit);
    answer(refused.isEmpty() ? u"ok"_s : refused);
}

}
