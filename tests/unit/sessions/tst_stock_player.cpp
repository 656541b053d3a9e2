// What a session showed, what its recording plays here, and what a stock asciinema player writes are the same (spec/session-manager.md 8.18).
#include "backend/terminal/terminal.h"
#include "models/nodes/sessions/recording.h"
#include "tests/support/test_main.h"
#include "tests/unit/sessions/session_bench.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_StockPlayer : public QObject
{
    Q_OBJECT

private slots:
    void sameLastScreen_data();
    void sameLastScreen();
};

namespace {

// What the stock player writes. It wants a terminal beside its output: script gives it one.
Result<QByteArray> stockPlayer(const QString &cast, const QString &folder)
{
    const QString out = folder + u"/out"_s;
    QProcess script;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, folder);
    script.setProcessEnvironment(environment);
    script.setStandardInputFile(QProcess::nullDevice());
    script.start(u"script"_s, {u"-qec"_s, u"asciinema cat '%1' > '%2'"_s.arg(cast, out), u"/dev/null"_s});
    if (!script.waitForFinished(30'000) || script.exitCode() != 0)
        return makeError(errors::kInternal, script.readAllStandardOutput().toStdString());
    QFile file(out);
    if (!file.open(QIODevice::ReadOnly))
        return makeError(errors::kInternal, "no output");
    return file.readAll();
}

// As a session brings them: in pieces that end anywhere, also inside a character.
void send(SessionBench &bench, const SessionId &id, FakeSessionClient &client, const QByteArray &bytes)
{
    for (qsizetype at = 0; at < bytes.size(); at += 997) {
        const QByteArray piece = bytes.mid(at, 997);
        bench.output(piece);
        bench.service->consumed(id, &client, piece.size());
        bench.db.clock.advance(7ms);
    }
}

}

void tst_StockPlayer::sameLastScreen_data()
{
    QTest::addColumn<QString>("stream");
    const QDir streams(QStringLiteral(FB_SOURCE_DIR "/tests/unit/terminal/data/streams"));
    for (const char *name : {"apt-progress", "bash", "dialog-menu", "git-log", "htop", "less-page", "mc-wide",
                             "nano-quit", "tmux", "vim-scroll", "vim-wide", "zsh"})
        QTest::addRow("[session-manager 8.18] %s", name)
            << streams.filePath(QLatin1String(name) + u".bytes"_s);
}

void tst_StockPlayer::sameLastScreen()
{
    QFETCH(QString, stream);
    QFile file(stream);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const qsizetype half = bytes.size() / 2;

    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client); // 100 x 30
    send(bench, id, client, bytes.first(half));
    bench.service->resize(id, &client, 90, 33);
    send(bench, id, client, bytes.sliced(half));
    bench.exitShell(0);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    const auto cast = bench.recording(id);
    QVERIFY(cast);

    const auto recording = Recording::read(*cast).recording;
    QVERIFY(recording);
    QCOMPARE(recording->brokenLine, 0);
    QCOMPARE(recording->bytes, bytes); // these streams are valid UTF-8
    Terminal ours({recording->columns, recording->rows});
    for (const RecordingEvent &event : recording->events) {
        if (event.kind == RecordingEvent::Kind::Resize)
            ours.resize({event.columns(), event.rows()});
        else
            ours.write({recording->bytes.constData() + event.begin, event.size});
    }
    Terminal live({100, 30});
    live.write({bytes.constData(), static_cast<size_t>(half)});
    live.resize({90, 33});
    live.write({bytes.constData() + half, static_cast<size_t>(bytes.size() - half)});
    QCOMPARE(ours.screenAnsi(), live.screenAnsi());
    QCOMPARE(ours.cursor(), live.cursor());

    QTemporaryDir folder;
    QFile saved(folder.filePath(u"a.cast"_s));
    QVERIFY(saved.open(QIODevice::WriteOnly));
    saved.write(*cast);
    saved.close();
    const auto stock = stockPlayer(saved.fileName(), folder.path());
    QVERIFY2(stock, stock ? "" : stock.error().message.c_str());
    QCOMPARE(*stock, bytes); // to a terminal of the same sizes: the same last screen
}

FB_TEST(tst_StockPlayer)
#include "tst_stock_player.moc"
