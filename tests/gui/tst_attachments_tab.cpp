#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/shared/documents/attachments_tab.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// Files of a document, by keys, clicks and drag and drop.
class tst_AttachmentsTab : public QObject
{
    Q_OBJECT
private slots:
    void attachesFiles();
    void attachmentsOfOthers();
    void attachingRefused();
};

void tst_AttachmentsTab::attachesFiles()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {u"a\n"_s, u"b\n"_s};
    shown.documentsSource.files[u"Fb-PatchWebTier/2"_s] = {{u"old.conf"_s, 10, u"aa"_s.repeated(32)}};
    shown.window().openAddress(u"documents/Fb-PatchWebTier?tab=attachments"_s);
    auto *table = shown.window().page()->findChild<DataTable *>(u"documentFiles"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"new.tar"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("bytes") == 5);
    file.close();

    auto *tab = shown.window().page()->findChild<AttachmentsTab *>();
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(tab, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(tab, &drop);
    QVERIFY(!shown.visible("documentAttach")->isEnabled()); // until it is stored
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(shown.documentsSource.fileChanges.last(),
             (DocumentFilesEdit {u"Fb-PatchWebTier"_s, u"2"_s, {path}, {}}));
    QVERIFY(shown.window().link().contains(u"version=3"_s)); // what was made is shown

    table->select(u"old.conf"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(shown.documentsSource.fileChanges.last(),
             (DocumentFilesEdit {u"Fb-PatchWebTier"_s, u"3"_s, {}, {u"old.conf"_s}}));
}

// Nothing is changed where nothing can be: built-in ones, and versions that are not the latest.
void tst_AttachmentsTab::attachmentsOfOthers()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {u"a\n"_s, u"b\n"_s};
    shown.window().openAddress(u"documents/AWS-RunShellScript?tab=attachments"_s);
    const auto note = [&] { return static_cast<QLabel *>(shown.visible("documentFilesNote"))->text(); };
    QTRY_COMPARE(note(), u"Built-in documents cannot be changed. Make a copy instead."_s);
    QVERIFY(!shown.visible("documentAttach")->isEnabled());
    QVERIFY(shown.visible("documentFilesEmpty"));
    shown.window().openAddress(u"documents/Fb-PatchWebTier?tab=attachments&version=1"_s);
    QTRY_COMPARE(note(), u"Files are attached to the latest version, 2."_s);
    QVERIFY(!shown.visible("documentAttach")->isEnabled());
}

void tst_AttachmentsTab::attachingRefused()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.failure = u"app.tar: artifact://web/app.tar is not in the artifact store."_s;
    shown.window().openAddress(u"documents/Fb-PatchWebTier?tab=attachments"_s);
    QTRY_VERIFY(shown.visible("documentAttach") && shown.visible("documentAttach")->isEnabled());
    auto *banner = static_cast<Banner *>(shown.visible("documentBanner"));
    QVERIFY(banner && banner->findChildren<QLabel *>().size() > 0);
    auto *tab = shown.window().page()->findChild<AttachmentsTab *>();
    QSignalSpy refused(tab, &AttachmentsTab::refused);
    QTemporaryDir folder;
    tab->attach({folder.path()}); // a folder
    QCOMPARE(refused.count(), 1);
    tab->attach({folder.filePath(u"gone.tar"_s)});
    QCOMPARE(refused.count(), 2);
    QFile spaced(folder.filePath(u"two words.txt"_s));
    QVERIFY(spaced.open(QIODevice::WriteOnly));
    tab->attach({spaced.fileName()});
    QCOMPARE(refused.count(), 3);
    QVERIFY(refused.last()[0].toString().contains(u"Rename the file"_s));
    QVERIFY(shown.documentsSource.fileChanges.isEmpty());
}

FB_TEST(tst_AttachmentsTab)

}

#include "tst_attachments_tab.moc"
