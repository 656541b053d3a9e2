#include "tests/unit/sessions/session_bench.h"

#include "models/nodes/sessions/playback.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_SessionRecording : public QObject
{
    Q_OBJECT

private slots:
    void typedInputOnlyWhileItIsShown();
    void typedInputOnlyWhereItIsWanted();
    void isAsciinemaFromTheFirstByte_data() { addDatabaseRows(); }
    void isAsciinemaFromTheFirstByte();
    void oddBytesBecomeReplacements();
    void crashLosesNothingAcknowledged_data() { addDatabaseRows(); }
    void crashLosesNothingAcknowledged();
    void alteredFileShows_data();
    void alteredFileShows();
    void alteredOnePlaysUpToItsDamage_data();
    void alteredOnePlaysUpToItsDamage();
    void gapIsTold_data();
    void gapIsTold();
    void operatorsMarks();
    void readingNeedsPermissionAndIsAudited();
    void nothingInClearOnDisk();
    void muchOutputStaysInOrder();
    void oldOnesGo_data() { addDatabaseRows(); }
    void oldOnesGo();
    void rowsOfTheEarlierSchemaStay_data() { addDatabaseRows(); }
    void rowsOfTheEarlierSchemaStay();
    void oldestGoToMakeRoom_data() { addDatabaseRows(); }
    void oldestGoToMakeRoom();
};

namespace {

// The output of a cast, put together; its lines are checked on the way.
QByteArray outputOf(const QByteArray &cast)
{
    QByteArray output;
    double last = 0;
    const QList<QByteArray> lines = cast.split('\n');
    for (qsizetype i = 1; i + 1 < lines.size(); ++i) {
        const QJsonArray event = QJsonDocument::fromJson(lines[i]).array();
        if (event.size() != 3 || event[0].toDouble() < last)
            return "broken line " + lines[i];
        last = event[0].toDouble();
        if (event[1].toString() == u"o"_s)
            output += event[2].toString().toUtf8();
    }
    return output;
}

}

void tst_SessionRecording::isAsciinemaFromTheFirstByte()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output("$ ");
    bench.db.clock.advance(1500ms);
    bench.service->resize(id, &client, 132, 43);
    bench.output("l\xc3\xb6\x1b[0m\r\n");
    bench.exitShell(0);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    const auto cast = bench.recording(id);
    QVERIFY2(cast, cast ? "" : cast.error().message.c_str());
    const QList<QByteArray> lines = cast->split('\n');
    const QJsonObject header = QJsonDocument::fromJson(lines[0]).object();
    QCOMPARE(header[u"version"_s].toInt(), 2);
    QCOMPARE(header[u"timestamp"_s].toInteger(), 1'764'000'000);
    QCOMPARE(header[u"env"_s][u"TERM"_s].toString(), u"xterm-256color"_s);
    QCOMPARE(lines[1], QByteArray("[0,\"r\",\"100x30\"]"));
    QCOMPARE(lines[2], QByteArray("[0,\"o\",\"$ \"]"));
    QCOMPARE(lines[3], QByteArray("[1.5,\"r\",\"132x43\"]"));
    QCOMPARE(QJsonDocument::fromJson(lines[4]).array()[2].toString(), u"l\u00f6\x1b[0m\r\n"_s);
}

void tst_SessionRecording::oddBytesBecomeReplacements()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output("a\xff\xf0\x9f\x99");
    bench.output("\x82"); // the rest of U+1F642
    bench.output("b\xc3"); // never completed
    bench.exitShell(0);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    QCOMPARE(outputOf(*bench.recording(id)),
             QByteArray("a\xef\xbf\xbd\xf0\x9f\x99\x82"
                        "b\xef\xbf\xbd"));
    QCOMPARE(client.output,
             QByteArray("a\xff\xf0\x9f\x99\x82"
                        "b\xc3")); // the client gets them as they are
}

// The engine is killed: what was acknowledged is in the recording, the node sends the rest again, and a torn block is skipped.
void tst_SessionRecording::crashLosesNothingAcknowledged()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    QByteArray all;
    SessionId id;
    wire::Open first;
    quint64 acknowledged = 0;
    {
        FakeSessionClient client;
        id = bench.connect(client);
        for (int i = 0; i < 40; ++i) {
            const QByteArray line = "line " + QByteArray::number(i) + "\r\n";
            all += line;
            bench.output(line);
            if (i == 20)
                QTRY_COMPARE(bench.acknowledged(), quint64(all.size()));
        }
        acknowledged = bench.acknowledged();
        first = bench.channel.opened.last().open;
        bench.crashEngine(); // the last lines had no time to reach the disk
    }
    QVERIFY(acknowledged < quint64(all.size()));
    bench.nodeComes({SessionBench::terminal(first, acknowledged, static_cast<quint64>(all.size()), 0)});
    QTRY_COMPARE(bench.channel.opened.size(), 2);
    const quint64 from = bench.channel.opened.last().open.receive_from();
    QVERIFY2(from >= acknowledged && from <= quint64(all.size()), qPrintable(QString::number(from)));
    bench.open();
    FakeSessionClient client;
    QVERIFY(bench.service->attach(bench.alice, id, &client, 100, 30));
    bench.output(all.mid(static_cast<qsizetype>(from)));
    bench.exitShell(0);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    const auto cast = bench.recording(id);
    QVERIFY2(cast, cast ? "" : cast.error().message.c_str());
    QCOMPARE(outputOf(*cast), all);
}

void tst_SessionRecording::alteredFileShows_data()
{
    QTest::addColumn<bool>("ended");
    QTest::addColumn<QString>("done");
    QTest::addRow("[session-manager 8.18] running, one byte changed") << false << u"changed"_s;
    QTest::addRow("[session-manager 8.18] ended, one byte changed") << true << u"changed"_s;
    QTest::addRow("ended, changed before it is read") << true << u"changed before it is read"_s;
    QTest::addRow("ended, its last byte taken away") << true << u"cut"_s;
}

void tst_SessionRecording::alteredFileShows()
{
    QFETCH(bool, ended);
    QFETCH(QString, done);
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output("something worth hiding");
    QTRY_VERIFY(bench.acknowledged() > 0);
    if (ended) {
        bench.exitShell(0);
        QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
        QVERIFY(!bench.session(id).recordingHash.isEmpty());
    }
    if (done != u"changed before it is read")
        QVERIFY(bench.recording(id));
    QString path;
    const auto lookForFile = [&] {
        const auto artifact = bench.artifacts->find(bench.db->reader(), recordingOwner(id, 0));
        QDirIterator files(bench.db.dataDir() + (ended ? u"/artifacts/sealed"_s : u"/artifacts/open"_s),
                           QDir::Files, QDirIterator::Subdirectories);
        path.clear();
        while (path.isEmpty() && files.hasNext()) { // the text for searches lies beside it
            const QString each = files.next();
            if (!ended || ((*artifact)->sealed && each.endsWith((*artifact)->sha256.mid(2))))
                path = each;
        }
        return !path.isEmpty();
    };
    QTRY_VERIFY(lookForFile()); // sealing is the store's own work
    QFile file(path);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(file.open(QIODevice::ReadWrite));
    if (done == u"cut") {
        QVERIFY(file.resize(file.size() - 1));
    } else {
        file.seek(file.size() - 3);
        file.write("x");
    }
    file.close();
    const auto cast = bench.recording(id);
    QVERIFY(!cast);
    QVERIFY(toQString(cast.error().message).contains(u"does not match its hash"_s));
    QCOMPARE(toQString(cast.error().field), kRecordingHashField); // how a page knows it from other faults
}

void tst_SessionRecording::alteredOnePlaysUpToItsDamage_data()
{
    QTest::addColumn<bool>("cut");
    QTest::addColumn<bool>("hasFirst"); // the damage is in the last block, not in the first
    QTest::addRow("[S09] a byte of the last block changed") << false << true;
    QTest::addRow("[S09] its end cut off") << true << true;
    QTest::addRow("[S09] a byte of the first block changed") << false << false;
    QTest::addRow("[S09] all but its head cut off") << true << false;
}

void tst_SessionRecording::alteredOnePlaysUpToItsDamage()
{
    QFETCH(bool, cut);
    QFETCH(bool, hasFirst);
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    quint64 all = 0;
    for (const QByteArray &part : {QByteArray("first\r\n"), QByteArray("second") + QByteArray(4000, '.')}) {
        all += static_cast<quint64>(part.size());
        bench.output(part);
        QTRY_COMPARE(bench.acknowledged(), all); // so that each has a block of its own
    }
    bench.exitShell(0);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    const auto whole = bench.provenPart(id);
    QVERIFY(whole && !whole->contains("altered"));
    QCOMPARE(*whole, *bench.recording(id));
    const auto isSealed
        = [&] { return (*bench.artifacts->find(bench.db->reader(), recordingOwner(id, 0)))->sealed; };
    QTRY_VERIFY(isSealed());
    const QString sha256 = (*bench.artifacts->find(bench.db->reader(), recordingOwner(id, 0)))->sha256;
    QFile file(bench.db.dataDir() + u"/artifacts/sealed/"_s + sha256.left(2) + u'/' + sha256);
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.open(QIODevice::ReadWrite));
    const auto header = RecordingReader::readHeader(file.readAll());
    QVERIFY(header);
    const qint64 at = hasFirst ? file.size() - 3 : header->size + 30;
    QVERIFY(cut ? file.resize(at) : file.seek(at) && file.write("x") == 1);
    file.close();
    bench.restartEngine(); // what was proven before is not proven for ever

    QVERIFY(!bench.recording(id));
    const auto proven = bench.provenPart(id);
    QCOMPARE(proven.has_value(), hasFirst);
    if (!hasFirst) {
        QCOMPARE(toQString(proven.error().field), kRecordingHashField);
        return;
    }
    const auto recording = Recording::read(*proven).recording;
    QVERIFY(recording && recording->brokenLine == 0);
    QCOMPARE(recording->bytes, QByteArray("first\r\n"));
    QCOMPARE(recording->marks.size(), 1);
    QVERIFY(recording->marks[0].isGap && recording->marks[0].at == recording->length());
    QCOMPARE(Playback::gapText(recording->marks[0]), u"Altered or cut off from here on"_s);
    QVERIFY(bench.auditActions().contains(u"root flagbridge:ReadRecording Success"_s));
}

// The disk takes no more: the session goes on, and the recording says where bytes are missing instead of hiding it.
void tst_SessionRecording::gapIsTold_data()
{
    QTest::addColumn<bool>("comesBack"); // the disk, before the session ends
    QTest::addRow("in the middle") << true;
    QTest::addRow("at the end") << false;
}

void tst_SessionRecording::gapIsTold()
{
    QFETCH(bool, comesBack);
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output("before\r\n");
    QTRY_VERIFY(bench.acknowledged() > 0);
    const QByteArray piece(60'000, 'x');
    constexpr qint64 kMost = 4 * 1024 * 1024;
    bench.artifacts->setMostPendingBytes(kMost);
    const qint64 pieces = kMost / piece.size() + 100;
    for (qint64 i = 0; i < pieces; ++i) { // more than the store lets wait for its disk
        bench.output(piece);
        bench.service->consumed(id, &client, piece.size());
        client.output.clear();
    }
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    if (!comesBack) {
        bench.exitShell(0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.session(id).status, SessionStatus::Terminated, 30'000);
        QVERIFY2(bench.session(id).details.startsWith(u"exited 0 (the recording lacks the last "_s),
                 qPrintable(bench.session(id).details));
        QVERIFY(Recording::read(*bench.recording(id)).recording->bytes.startsWith("before\r\nxxx"));
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.acknowledged() >= quint64(pieces * piece.size()),
                             30'000); // the disk is back
    bench.output("after\r\n");
    bench.exitShell(0);
    QTRY_COMPARE_WITH_TIMEOUT(bench.session(id).status, SessionStatus::Terminated, 30'000);
    QVERIFY(bench.auditActions().contains(u"engine flagbridge:RecordingGap Failed"_s));
    const auto cast = bench.recording(id); // and its hash is that of what was kept
    QVERIFY2(cast, cast ? "" : cast.error().message.c_str());
    const auto recording = Recording::read(*cast).recording;
    QVERIFY(recording && recording->brokenLine == 0);
    QVERIFY(recording->bytes.startsWith("before\r\n") && recording->bytes.endsWith("after\r\n"));
    QVERIFY(recording->bytes.size() < pieces * piece.size());
    QVERIFY(!recording->marks.isEmpty());
    qint64 missing = 0;
    for (const RecordingMark &mark : recording->marks) {
        QVERIFY(mark.isGap);
        missing += mark.label.section(u' ', 2, 2).toLongLong();
    }
    // What is told is what was to be written, a little more than the terminal's bytes.
    const qint64 lost = pieces * piece.size() + 15 - recording->bytes.size();
    QVERIFY2(missing >= lost && missing < lost + lost / 100 + 1000,
             qPrintable(u"%1 told, %2 lost"_s.arg(missing).arg(lost)));
}

// A place worth finding again, set by who may type there.
void tst_SessionRecording::operatorsMarks()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output("$ ");
    bench.db.clock.advance(2s);
    QVERIFY(bench.service->markRecording(bench.alice, id, u"roll-out \"4.2\" \u65e5"_s));
    QVERIFY(bench.service->markRecording(bench.root, id, u"seen"_s));
    QCOMPARE(bench.service->markRecording(bench.bob, id, u"mine"_s).error().code, errors::kAccessDenied);
    for (const QString &label : {QString(), QString(257, u'x'), u"two\nlines"_s, u"a\u202eb"_s,
                                 u"recording gap: 5 bytes"_s}) // that would be the recorder's own word
        QCOMPARE(bench.service->markRecording(bench.alice, id, label).error().code, errors::kValidation);
    bench.exitShell(0);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    QCOMPARE(bench.service->markRecording(bench.alice, id, u"late"_s).error().code, errors::kDoesNotExist);
    QStringList marks;
    const auto cast = bench.recording(id);
    for (const QByteArray &line : cast->split('\n')) {
        const QJsonArray event = QJsonDocument::fromJson(line).array();
        if (event[1].toString() == u"m"_s)
            marks << u"%1 %2"_s.arg(event[0].toDouble()).arg(event[2].toString());
    }
    QCOMPARE(marks, (QStringList {u"2 roll-out \"4.2\" \u65e5"_s, u"2 seen"_s}));
}

void tst_SessionRecording::readingNeedsPermissionAndIsAudited()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    QVERIFY(bench.recording(id));
    QCOMPARE(bench.auditActions().last(), u"root flagbridge:ReadRecording Success"_s);
    bench.access.deny(actions::kReadRecording);
    QVERIFY(!bench.recording(id));
    QCOMPARE(bench.auditActions().last(), u"root flagbridge:ReadRecording AccessDeniedException"_s);
}

void tst_SessionRecording::nothingInClearOnDisk()
{
    SessionBench bench;
    FakeSessionClient client;
    bench.connect(client);
    bench.output("TopSecretWord");
    QTRY_VERIFY(bench.acknowledged() > 0);
    bench.settle();
    QDirIterator files(bench.db.dataDir(), QDir::Files, QDirIterator::Subdirectories);
    int read = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("TopSecretWord"), qPrintable(file.fileName()));
        ++read;
    }
    QVERIFY(read >= 2);
}

void tst_SessionRecording::muchOutputStaysInOrder()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    QByteArray all;
    for (int i = 0; i < 200; ++i) {
        QByteArray piece;
        while (piece.size() < 9000)
            piece += QByteArray::number(i * 1000 + piece.size()) + "\x1b[m\"\\\t";
        all += piece;
        bench.output(piece);
        bench.service->consumed(id, &client, piece.size());
    }
    bench.exitShell(0);
    QTRY_COMPARE_WITH_TIMEOUT(bench.session(id).status, SessionStatus::Terminated, 20000);
    QCOMPARE(client.output, all);
    QCOMPARE(outputOf(*bench.recording(id)), all);
}

void tst_SessionRecording::oldOnesGo()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    bench.documents.put(QString::fromLatin1(kDefaultSessionDocument),
                        "sessionType: Standard_Stream\ninputs: {recordingRetentionDays: 30}\n");
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output("kept for a month");
    bench.exitShell(0);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    QVERIFY(bench.recording(id));
    FakeSessionClient other;
    const SessionId running = bench.connect(other); // a running one keeps its recording

    bench.db.clock.advance(std::chrono::hours(24 * 29));
    QCOMPARE(*bench.service->prune(), 0);
    bench.db.clock.advance(std::chrono::hours(24 * 2));
    QCOMPARE(*bench.service->prune(), 1);
    bench.settle();
    QVERIFY(!bench.session(id).recorded && bench.session(running).recorded);
    QVERIFY(bench.recording(id).error().code == errors::kDoesNotExist);
    QVERIFY(!bench.artifacts->find(bench.db->reader(), recordingOwner(id, 0))->has_value());
    QVERIFY(bench.auditActions().contains(u"engine flagbridge:RecordingExpired Success"_s));
    bench.db.clock.advance(std::chrono::hours(24 * 3 * 365));
    QCOMPARE(*bench.service->prune(), 1);
    bench.settle();
    QVERIFY(!bench.service->session(id));
}

// [R12] to make room: the oldest that has ended, never one that is being made; who looks for it reads when it went
void tst_SessionRecording::oldestGoToMakeRoom()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    FakeSessionClient runningClient;
    const SessionId running = bench.connect(runningClient); // the oldest of all
    QList<SessionId> ended;
    for (int i = 0; i < 2; ++i) {
        bench.db.clock.advance(std::chrono::seconds(10));
        FakeSessionClient client;
        ended << bench.connect(client);
        bench.output("shown");
        bench.exitShell(0);
        QTRY_COMPARE(bench.session(ended[i]).status, SessionStatus::Terminated);
        QTRY_VERIFY((*bench.artifacts->find(bench.db->reader(), recordingOwner(ended[i], 0)))->sealed);
    }
    bench.settle();
    const auto removed
        = bench.db->write([&](Transaction &tx) { return bench.service->removeOldestRecordings(tx, 1); });
    QVERIFY(removed);
    QCOMPARE(removed->count, 1);
    QVERIFY(removed->bytes > 0);
    bench.settle();
    QVERIFY(!bench.artifacts->find(bench.db->reader(), recordingOwner(ended[0], 0))->has_value());
    const Session gone = bench.session(ended[0]);
    QVERIFY(!gone.recorded);
    QCOMPARE(gone.recordingRemovedAt, std::optional(bench.db.clock.now()));
    const auto read = bench.recording(ended[0]);
    QVERIFY(!read);
    QCOMPARE(read.error().code, errors::kDoesNotExist);
    QVERIFY(read.error().message.find("was removed at") != std::string::npos);
    QVERIFY(bench.auditActions().contains(u"engine flagbridge:RecordingRemoved Success"_s));
    QVERIFY(bench.session(ended[1]).recorded && bench.recording(ended[1]));
    const auto rest = bench.db->write(
        [&](Transaction &tx) { return bench.service->removeOldestRecordings(tx, 1'000'000); });
    QCOMPARE(rest->count, 1);
    bench.settle();
    QVERIFY(bench.session(running).recorded && bench.recording(running));
}

void tst_SessionRecording::rowsOfTheEarlierSchemaStay()
{
    QFETCH(QString, database);
    TestDatabase db(database, UpTo {50});
    QVERIFY(db->write([](Transaction &tx) {
        return tx.execute(
            u"INSERT INTO session (session_id, target, status, started_at, ended_at, document_name, owner, "
            "reason, details, max_session_duration, operator_name, session_type, run_as, client, bytes_in, "
            "bytes_out, recorded, recording_hash, token, boot_id, idle_seconds, max_seconds, "
            "recording_segment, recording_length, recording_offset, recording_chain) VALUES ('alice-1', "
            "'mi-1', 4, 1000000, 2000000, 'd', 'o', '', 'exited 0', '', 'alice', 'Standard_Stream', '', '', "
            "0, 0, 1, 'h', 't', 'b', 0, 0, 0, 0, 0, '')"_s);
    }));
    QVERIFY(db->flush());
    db.reopen();
    SessionRepository repository;
    const auto session = repository.find(db->reader(), SessionId("alice-1"));
    QVERIFY(session && *session);
    QCOMPARE((*session)->details, u"exited 0"_s);
    const Instant yearLater = fromMicros(1'000'000) + std::chrono::days(365);
    QVERIFY(repository.expiredRecordings(db->reader(), yearLater, 10)->isEmpty());
    QCOMPARE(repository.expiredRecordings(db->reader(), yearLater + 1s, 10)->size(), 1);
}

// What the node has not said to be shown is not recorded, and what was typed in the dark never is. [session-manager 8.17]
void tst_SessionRecording::typedInputOnlyWhileItIsShown()
{
    SessionBench bench;
    bench.documents.put(QString::fromLatin1(kDefaultSessionDocument),
                        "sessionType: Standard_Stream\ninputs: {recordInput: true}\n");
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    QVERIFY(bench.channel.opened.last().open.pty().report_echo());
    bench.service->input(id, &client, "read -s pw\r");
    bench.service->streamAcknowledged(bench.stream(), 11); // received is not shown
    bench.service->streamInputGiven(bench.stream(), 11, true);
    bench.service->input(id, &client, "secret\r");
    bench.service->streamInputGiven(bench.stream(), 18, false);
    bench.service->input(id, &client, "ls\r");
    bench.service->streamInputGiven(bench.stream(), 20, true); // in pieces, as the terminal takes it
    bench.service->input(id, &client, "never told");
    bench.exitShell(0);
    bench.settle();
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    const auto cast = bench.recording(id);
    QVERIFY(cast);
    QVERIFY2(cast->contains("\"i\",\"read -s pw\\r\""), cast->constData());
    QVERIFY(cast->contains("\"i\",\"ls\""));
    QVERIFY(!cast->contains("secret"));
    QVERIFY(!cast->contains("never told"));
}

void tst_SessionRecording::typedInputOnlyWhereItIsWanted()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    QVERIFY(!bench.channel.opened.last().open.pty().report_echo());
    bench.service->input(id, &client, "ls -l\r");
    bench.service->streamInputGiven(bench.stream(), 6, true); // a node that tells all the same
    bench.exitShell(0);
    bench.settle();
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    QVERIFY(!bench.recording(id)->contains("ls -l"));
}

FB_TEST(tst_SessionRecording)
#include "tst_session_recording.moc"
