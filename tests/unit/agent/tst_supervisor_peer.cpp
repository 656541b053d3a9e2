// The worker's socket (design 8): the agent's own user is served, nobody else.

#undef signals // Qt's word, a parameter's name in here
#include "agent/spool/worker_socket.h"
#include "agent/worker/supervisor_peer.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace fb;
using namespace fb::agent;
using namespace Qt::StringLiterals;

namespace {

constexpr uid_t kNobody = 65534;

// What a process of another user meets at the socket: 0: it is let in; 1: it is not served; errno: it cannot even reach it.
int askedBy(uid_t user, const std::string &path)
{
    const pid_t child = ::fork();
    if (child == 0) {
        if (::setgid(kNobody) != 0 || ::setuid(user) != 0)
            ::_exit(200);
        const int fd = ::socket(AF_UNIX, SOCK_SEQPACKET, 0);
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            ::_exit(errno);
        const char cancel = static_cast<char>(WorkerMessage::Cancel);
        (void)!::send(fd, &cancel, 1, MSG_NOSIGNAL);
        char answer = 0;
        ::_exit(::recv(fd, &answer, 1, 0) == 1 ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}

class tst_SupervisorPeer : public QObject
{
    Q_OBJECT
private slots:
    void anotherUserIsNotServed();
};

// [N12] Two locks: the folder, and behind it the check of who has connected, which holds also where the folder stands open.
void tst_SupervisorPeer::anotherUserIsNotServed()
{
    if (::geteuid() != 0)
        QSKIP("only root can ask as somebody else");
    QTemporaryDir folder(u"/tmp/fb-peer-XXXXXX"_s); // a short path: it is a socket's name
    QVERIFY(folder.isValid());
    const auto state = PrivateFolder::openOrMake(folder.path().toStdString() + "/state");
    QVERIFY(state);
    const std::string path = (state->path() / "sock").string();
    const SystemClock clock;
    WorkerLoop loop(clock);
    int connected = 0;
    int received = 0;
    SupervisorPeer peer(loop,
                        {.connected = [&] { ++connected; },
                         .received =
                             [&](PacketReader &packet) {
                                 received += packet.kind() == WorkerMessage::Cancel ? 1 : 0;
                                 (void)peer.send(Packet(WorkerMessage::Ended).bytes);
                             },
                         .disconnected = [] {},
                         .writable = [] {}});
    QVERIFY(peer.listen(*state, UniqueFd()));
    struct stat status {
    };
    QCOMPARE(::stat(path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600U);

    int answered = -1;
    const auto ask = [&](uid_t user) {
        const pid_t asker = ::fork(); // while this process serves
        if (asker == 0)
            ::_exit(askedBy(user, path));
        for (int i = 0; i < 500; ++i) {
            loop.after(std::chrono::milliseconds(20), [&] { loop.stop(0); });
            loop.run();
            int ended = 0;
            if (::waitpid(asker, &ended, WNOHANG) == asker) {
                answered = WEXITSTATUS(ended);
                return;
            }
        }
        answered = -1;
    };
    ::chmod(folder.path().toUtf8().constData(), 0755);
    ask(kNobody);
    QCOMPARE(answered, EACCES); // the folder
    // As a mistake, or a restored backup, would leave it.
    ::chmod((folder.path() + u"/state"_s).toUtf8().constData(), 0755);
    ::chmod(path.c_str(), 0666);
    ask(kNobody);
    QCOMPARE(answered, 1);
    QCOMPARE(connected, 0);
    QCOMPARE(received, 0);
    ask(0);
    QCOMPARE(answered, 0);
    QCOMPARE(connected, 1);
    QCOMPARE(received, 1);
}

FB_TEST(tst_SupervisorPeer)
#include "tst_supervisor_peer.moc"
