#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/shared/documents/attachments_tab.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
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
    void fromS3();
    void s3Refused();

private:
    static bool bannerSays(ConsoleFixture &shown, const QString &text)
    {
        const QWidget *banner = shown.visible("documentBanner");
        const auto labels = banner ? banner->findChildren<QLabel *>() : QList<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(text); });
    }
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

// The engine fetches: the version is shown at once, its files when they are there. By keys alone.
void tst_AttachmentsTab::fromS3()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {u"a\n"_s, u"b\n"_s};
    shown.window().openAddress(u"documents/Fb-PatchWebTier?tab=attachments"_s);
    QTRY_VERIFY(shown.visible("documentAttachRemote") && shown.visible("documentAttachRemote")->isEnabled());
    shown.visible("documentAttachRemote")->setFocus();
    QTest::keyClick(shown.visible("documentAttachRemote"), Qt::Key_Space);
    auto *address = static_cast<QLineEdit *>(shown.visible("remoteAddress"));
    QVERIFY(address && address->hasFocus());
    address->setText(u"https://s3.example.net/releases/app%201.tar"_s);
    QCOMPARE(static_cast<QLineEdit *>(shown.visible("remoteName"))->text(), u"app 1.tar"_s);
    address->clear();
    QTest::keyClicks(address, u"s3://releases/web/app-1.tar"_s);
    auto *name = static_cast<QLineEdit *>(shown.visible("remoteName"));
    QCOMPARE(name->text(), u"app-1.tar"_s); // what the address says, until it is typed
    name->clear();
    QTest::keyClicks(name, u"app.tar"_s);
    QTest::keyClicks(address, u".gz"_s);
    QCOMPARE(name->text(), u"app.tar"_s);
    QTest::keyClick(address, Qt::Key_Return);
    QTRY_VERIFY(!shown.visible("remoteAddress"));
    QCOMPARE(
        shown.documentsSource.fileChanges.last(),
        (DocumentFilesEdit {
            u"Fb-PatchWebTier"_s, u"2"_s, {}, {}, {{u"s3://releases/web/app-1.tar.gz"_s, u"app.tar"_s}}}));

    const auto note = [&] { return static_cast<QLabel *>(shown.visible("documentFilesNote"))->text(); };
    QTRY_COMPARE(note(), u"Fetching the files of this version..."_s);
    QVERIFY(!shown.visible("documentAttach")->isEnabled());
    QVERIFY(!shown.visible("documentAttachRemote")->isEnabled());
    QVERIFY(!shown.visible("documentFilesEmpty"));
    QVERIFY(bannerSays(shown, u"The files of version 3 are being fetched."_s));
    shown.documentsSource.filesCame(u"Fb-PatchWebTier/3"_s);
    auto *table = shown.window().page()->findChild<DataTable *>(u"documentFiles"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QTRY_VERIFY(bannerSays(shown, u"The files of version 3 are there."_s));
    QVERIFY(shown.visible("documentAttachRemote")->isEnabled());
}

// What is wrong is said in the sheet, and what was typed stays.
void tst_AttachmentsTab::s3Refused()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {u"a\n"_s, u"b\n"_s};
    shown.window().openAddress(u"documents/Fb-PatchWebTier?tab=attachments"_s);
    QTRY_VERIFY(shown.visible("documentAttachRemote") && shown.visible("documentAttachRemote")->isEnabled());
    QTest::mouseClick(shown.visible("documentAttachRemote"), Qt::LeftButton);
    auto *address = static_cast<QLineEdit *>(shown.visible("remoteAddress"));
    QTest::keyClicks(address, u"releases/web"_s);
    QTest::mouseClick(shown.visible("remoteAttach"), Qt::LeftButton);
    QVERIFY(address->hasFocus());
    QVERIFY(shown.documentsSource.fileChanges.isEmpty());
    address->setText(u"s3://releases/web"_s);
    static_cast<QLineEdit *>(shown.visible("remoteName"))->clear();
    QTest::mouseClick(shown.visible("remoteAttach"), Qt::LeftButton);
    QVERIFY(shown.visible("remoteName")->hasFocus());
    static_cast<QComboBox *>(shown.visible("remoteKind"))->setCurrentIndex(1); // a folder has no name
    QVERIFY(!shown.visible("remoteName"));
    shown.documentsSource.refusal = ShownError {.kind = ShownError::Kind::WrongInput,
                                                .code = u"ValidationException"_s,
                                                .message = u"there is no S3 endpoint"_s,
                                                .field = u"Attachments[0].Values[0]"_s};
    QTest::mouseClick(shown.visible("remoteAttach"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("remoteAttach")->isEnabled() && !shown.documentsSource.refusal);
    QCOMPARE(address->text(), u"s3://releases/web"_s);
    QTest::mouseClick(shown.visible("remoteAttach"), Qt::LeftButton);
    QTRY_VERIFY(!shown.visible("remoteAddress"));
    QCOMPARE(shown.documentsSource.fileChanges.last().fetched,
             (QList<RemoteFiles> {{u"s3://releases/web"_s, QString()}}));
    // It comes to nothing: the reason stands above.
    shown.documentsSource.filesCame(u"Fb-PatchWebTier/3"_s, u"s3://releases/web: the server answered 403"_s);
    QTRY_VERIFY(bannerSays(shown, u"answered 403"_s));
}

FB_TEST(tst_AttachmentsTab)

}

#include "tst_attachments_tab.moc"
