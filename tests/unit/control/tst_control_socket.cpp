#include "backend/base/fail.h"
#include "backend/control/control_client.h"
#include "backend/control/control_server.h"
#include "backend/control/control_socket.h"

#include "tests/support/test_main.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/socket.h>

#include <thread>

using namespace fb;
using namespace Qt::StringLiterals;

namespace {
// Answers each input with one event; ends when told.
class EchoStream : public ControlStream
{
public:
    void receive(const QJsonObject &input) override
    {
        if (input.contains(u"stop"_s))
            emit finished(QJsonObject {{u"stopped"_s, true}});
        else if (!input.isEmpty())
            emit event(input);
    }
};
}

class tst_ControlSocket : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void callsAndErrors();
    void answersWaitForTheCommit();
    void streams();
    void hostileLines_data();
    void hostileLines();
    void longFolderNames();
    void fileModes();
    void nobodyListens();

private:
    // Runs `work` as a client on a thread of its own while this thread serves.
    void asClient(const std::function<void(ControlClient &)> &work);

    QTemporaryDir m_folder;
    OperationTable m_operations;
    std::unique_ptr<ControlServer> m_server;
    std::function<void(const Result<void> &)> m_heldBack;
    bool m_holdBack = false;
};

void tst_ControlSocket::init()
{
    m_operations = {};
    m_operations.add(u"Double"_s, [](const Principal &, const QJsonObject &input) -> Result<QJsonObject> {
        if (!input[u"Number"].isDouble())
            return fail(errors::kValidation, u"Number is missing."_s, u"Number"_s);
        return QJsonObject {{u"Number"_s, input[u"Number"].toInt() * 2}};
    });
    m_holdBack = false;
    m_server = std::make_unique<ControlServer>(m_operations, Principal {},
                                               [this](std::function<void(const Result<void> &)> then) {
                                                   if (m_holdBack)
                                                       m_heldBack = std::move(then);
                                                   else
                                                       then({});
                                               });
    m_server->addStream(
        u"Echo"_s, [](const Principal &, const QJsonObject &) { return std::make_unique<EchoStream>(); });
    QVERIFY(m_server->listen(m_folder.path()));
}

void tst_ControlSocket::asClient(const std::function<void(ControlClient &)> &work)
{
    std::atomic<bool> done = false;
    std::thread thread([&] {
        const auto client = ControlClient::connectTo(m_folder.path());
        if (client)
            work(**client);
        done = true;
    });
    QTRY_VERIFY(done);
    thread.join();
}

void tst_ControlSocket::callsAndErrors()
{
    Result<QJsonObject> right;
    Result<QJsonObject> wrong;
    Result<QJsonObject> unknown;
    asClient([&](ControlClient &client) {
        right = client.call(u"Double"_s, {{u"Number"_s, 21}});
        wrong = client.call(u"Double"_s, {});
        unknown = client.call(u"Triple"_s, {});
    });
    QVERIFY(right);
    QCOMPARE((*right)[u"Number"].toInt(), 42);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().field, std::string("Number"));
    QVERIFY(wrong.error().code == errors::kValidation);
    QVERIFY(!unknown);
}

void tst_ControlSocket::answersWaitForTheCommit()
{
    m_holdBack = true;
    std::atomic<bool> answered = false;
    Result<QJsonObject> answer;
    std::thread thread([&] {
        const auto client = ControlClient::connectTo(m_folder.path());
        answer = (*client)->call(u"Double"_s, {{u"Number"_s, 1}});
        answered = true;
    });
    QTRY_VERIFY(m_heldBack);
    QVERIFY(!answered);
    m_heldBack(makeError(errors::kServiceUnavailable, "the disk is full"));
    QTRY_VERIFY(answered);
    thread.join();
    QVERIFY(!answer);
    QCOMPARE(answer.error().message, std::string("the disk is full"));
}

void tst_ControlSocket::streams()
{
    QList<QJsonObject> lines;
    asClient([&](ControlClient &client) {
        const QJsonObject hello {{u"say"_s, u"hello"_s}};
        static_cast<void>(client.send({.id = 5, .operation = u"Echo"_s, .input = {}}));
        static_cast<void>(client.send({.id = 5, .input = hello}));
        static_cast<void>(client.send({.id = 5, .input = {{u"stop"_s, true}}}));
        while (lines.size() < 2 && client.readSome()) {
            while (const auto line = client.takeLine())
                lines.append(*line);
        }
    });
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0][u"event"][u"say"].toString(), u"hello"_s);
    QVERIFY(lines[1][u"output"][u"stopped"].toBool());
}

void tst_ControlSocket::hostileLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("not JSON") << QByteArray("GET / HTTP/1.1\n");
    QTest::addRow("a list") << QByteArray("[1,2]\n");
    QTest::addRow("no id") << QByteArray("{\"operation\":\"Double\"}\n");
    QTest::addRow("input is a number") << QByteArray("{\"id\":1,\"operation\":\"Double\",\"input\":3}\n");
    QTest::addRow("endless line") << QByteArray(kMaxControlLine + 100, 'x');
}

void tst_ControlSocket::hostileLines()
{
    QFETCH(QByteArray, line);
    std::optional<QJsonObject> answer;
    asClient([&](ControlClient &client) {
        for (qsizetype at = 0; at < line.size();) {
            const ssize_t sent = ::send(client.descriptor(), line.constData() + at,
                                        static_cast<size_t>(line.size() - at), MSG_NOSIGNAL);
            if (sent < 0)
                break;
            at += sent;
        }
        while (!answer && client.readSome())
            answer = client.takeLine();
    });
    QVERIFY(answer);
    QCOMPARE((*answer)[u"error"][u"code"].toString(), u"ValidationException"_s);
}

void tst_ControlSocket::longFolderNames()
{
    const QString deep = m_folder.filePath(QString(100, u'd') + u'/' + QString(100, u'e'));
    QVERIFY(QDir().mkpath(deep));
    ControlServer server(m_operations, Principal {}, [](auto then) { then({}); });
    QVERIFY(server.listen(deep));
    QVERIFY(ControlClient::connectTo(deep));
}

// [N05] the socket is its owner's alone, whatever the umask
void tst_ControlSocket::fileModes()
{
    const QFileInfo file(m_folder.filePath(QString::fromLatin1(kControlSocketName)));
    QVERIFY(!(file.permissions()
              & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
    m_server->close();
    QVERIFY(!QFileInfo::exists(file.filePath()));
}

void tst_ControlSocket::nobodyListens()
{
    QTemporaryDir other;
    const auto client = ControlClient::connectTo(other.path());
    QVERIFY(!client);
    QVERIFY(client.error().code == errors::kServiceUnavailable);
}

FB_TEST(tst_ControlSocket)
#include "tst_control_socket.moc"
