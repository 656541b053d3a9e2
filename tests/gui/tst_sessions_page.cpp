#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/nodes/sessions/sessions_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// The list of sessions, by keys and clicks.
class tst_SessionsPage : public QObject
{
    Q_OBJECT
private slots:
    void listAndDetail();
    void endsAnOpenOne();
    void savesARecording();
    void unrecordedSaysWhy();
    void filtersByState();
    void emptySaysHow();
};

void tst_SessionsPage::listAndDetail()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?row=m.tanaka-0a1b2c3d4e5f60712"_s); // of all states
    auto *table = shown.find<DataTable>("sessionsTable");
    QTRY_COMPARE(table->model()->rowCount(), 12);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(shown.visible("recordPane"));
    // [U01] a reason with markup is text
    table->select(u"m.tanaka-0a1b2c3d4e5f60713"_s);
    bool seen = false;
    const QList<QLabel *> labels = shown.visible("recordPane")->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        seen = seen || label->text() == u"<b>check</b> the disks";
        QCOMPARE(label->textFormat(), Qt::PlainText);
    }
    QVERIFY(seen);
}

void tst_SessionsPage::endsAnOpenOne()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?row=m.tanaka-0a1b2c3d4e5f60710"_s);
    QTRY_VERIFY(shown.visible("sessionTerminate"));
    QTest::mouseClick(shown.visible("sessionTerminate"), Qt::LeftButton);
    QCOMPARE(shown.sessionsSource.terminated.size(), 0); // it asks first
    QTest::mouseClick(shown.visible("sessionConfirm"), Qt::LeftButton);
    QCOMPARE(shown.sessionsSource.terminated, QStringList {u"m.tanaka-0a1b2c3d4e5f60710"_s});
    // When it has ended there is nothing to end.
    SessionRow ended = *shown.sessions->values().value(u"m.tanaka-0a1b2c3d4e5f60710"_s);
    ended.status = u"Terminated"_s;
    ended.ended = shown.sessionsSource.now();
    shown.sessionsSource.news.arrived({ended});
    QVERIFY(!shown.visible("sessionTerminate"));
    QCOMPARE(shown.find<DataTable>("sessionsTable")->currentId(), ended.id);
}

void tst_SessionsPage::savesARecording()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?tab=history"_s);
    auto *page = shown.window().page()->findChild<SessionsPage *>();
    const QString path = shown.folder.filePath(u"a.cast"_s);
    page->saveRecording(u"m.tanaka-0a1b2c3d4e5f60710"_s, path);
    auto *banner = shown.find<Banner>("sessionsBanner");
    QTRY_COMPARE(banner->statement(), u"The recording was saved."_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), shown.sessionsSource.cast);
    page->saveRecording(u"m.tanaka-0a1b2c3d4e5f60710"_s, u"/no/such/folder/a.cast"_s);
    QTRY_COMPARE(banner->statement(), u"The recording was not saved."_s);
    shown.sessionsSource.refusal = {.kind = ShownError::Kind::Ours,
                                    .code = u"InternalServerError"_s,
                                    .message = u"does not match its hash"_s};
    banner->hide();
    page->saveRecording(u"m.tanaka-0a1b2c3d4e5f60710"_s, shown.folder.filePath(u"b.cast"_s));
    QTRY_VERIFY(banner->isVisible()); // the answer is here
    QCOMPARE(banner->statement(), u"The recording was not saved."_s);
    QVERIFY(!QFile::exists(shown.folder.filePath(u"b.cast"_s)));
}

void tst_SessionsPage::unrecordedSaysWhy()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?row=m.tanaka-0a1b2c3d4e5f60714"_s);
    QTRY_VERIFY(shown.visible("sessionSaveRecording"));
    QVERIFY(!shown.visible("sessionSaveRecording")->isEnabled());
    QCOMPARE(shown.visible("sessionSaveRecording")->toolTip(), u"This session was not recorded."_s);
}

void tst_SessionsPage::filtersByState()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?filter=status%3DConnected,Disconnected"_s);
    QTRY_COMPARE(shown.find<DataTable>("sessionsTable")->model()->rowCount(), 3);
}

void tst_SessionsPage::emptySaysHow()
{
    ConsoleFixture shown(Fleet::Empty);
    shown.window().openAddress(u"sessions?tab=history"_s);
    QTRY_VERIFY(shown.visible("sessionsEmpty"));
}

FB_TEST(tst_SessionsPage)

}

#include "tst_sessions_page.moc"
