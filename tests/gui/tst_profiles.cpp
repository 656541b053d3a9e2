// Node profiles: made, changed, given to nodes and to new ones.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/profiles/profiles_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_Profiles : public QObject
{
    Q_OBJECT
private slots:
    void listsAndTells();
    void makesOneByKeyboard();
    void aWrongFieldIsSaidThere();
    void givesOneToNewNodes();
    void whatIsUsedCannotBeDeleted();
    void aNodeGetsAnotherOne();
    void anActivationNamesOne();

private:
    static ProfilesPage *open(ConsoleFixture &shown, const char *row)
    {
        shown.window().openAddress(u"profiles?row="_s + QLatin1String(row));
        return qobject_cast<ProfilesPage *>(shown.window().page());
    }
    static void type(ConsoleFixture &shown, const char *name, const QString &text)
    {
        static_cast<QLineEdit *>(shown.visible(name))->selectAll();
        QTest::keyClicks(shown.visible(name), text);
    }
};

void tst_Profiles::listsAndTells()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown, "strict"));
    auto *table = shown.find<DataTable>("profilesTable");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    const int row = table->currentIndex().row();
    QCOMPARE(table->model()->index(row, ProfileTable::Denies).data().toString(),
             u"aws:runDockerAction, aws:configureDocker, FleetTool/files"_s);
    QCOMPARE(table->model()->index(row, ProfileTable::NewNodes).data().toString(), u"get it"_s);
    for (int i = 0; i < 3; ++i)
        QVERIFY(
            !table->model()->index(i, ProfileTable::Description).data().toString().contains(QChar(0x202e)));
}

void tst_Profiles::makesOneByKeyboard()
{
    ConsoleFixture shown(Fleet::Sample);
    ProfilesPage *page = open(shown, "Default");
    QTRY_VERIFY(shown.visible("profilesNew"));
    shown.visible("profilesNew")->setFocus();
    QTest::keyClick(shown.visible("profilesNew"), Qt::Key_Space);
    QTRY_VERIFY(shown.visible("profileName") && shown.visible("profileName")->hasFocus());
    QTest::keyClicks(shown.visible("profileName"), u"shop"_s);
    type(shown, "profilePlugins", u"aws:runDockerAction,aws:configureDocker"_s);
    type(shown, "profileTools", u"FleetTool/files"_s);
    QTest::keyClick(shown.visible("profileTools"), Qt::Key_Return);
    QCOMPARE(shown.profilesSource.saves.size(), 1);
    const auto &[made, isNew] = shown.profilesSource.saves[0];
    QVERIFY(isNew);
    QCOMPARE(made.name, u"shop"_s);
    QCOMPARE(made.deniedPlugins, (QStringList {u"aws:runDockerAction"_s, u"aws:configureDocker"_s}));
    QCOMPARE(made.deniedTools, QStringList {u"FleetTool/files"_s});
    QTRY_COMPARE(page->banner().statement(), u"The profile shop was created."_s);
}

void tst_Profiles::aWrongFieldIsSaidThere()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown, "strict");
    QTRY_VERIFY(shown.visible("profileChange"));
    shown.click("profileChange");
    QVERIFY(!shown.visible("profileName")); // it stays
    shown.profilesSource.refusal = ShownError {.kind = ShownError::Kind::WrongInput,
                                               .code = u"ValidationException"_s,
                                               .message = u"DeniedPlugins[0] is \"docker\"."_s,
                                               .field = u"DeniedPlugins[0]"_s};
    type(shown, "profilePlugins", u"docker"_s);
    shown.click("profileSave");
    QTRY_VERIFY(shown.visible("profilePlugins")->hasFocus());
    QCOMPARE(static_cast<QLineEdit *>(shown.visible("profilePlugins"))->text(),
             u"docker"_s); // nothing is lost
    QVERIFY(!shown.profilesSource.saves[0].second);
    QCOMPARE(shown.profilesSource.saves[0].first.metricsInterval, 30);
}

void tst_Profiles::givesOneToNewNodes()
{
    ConsoleFixture shown(Fleet::Sample);
    ProfilesPage *page = open(shown, "lab");
    QTRY_VERIFY(shown.visible("profileNewNodes"));
    shown.click("profileNewNodes");
    QCOMPARE(shown.profilesSource.newNodes, QStringList {u"lab"_s});
    QTRY_COMPARE(page->banner().statement(), u"New nodes get the profile lab."_s);
    const auto word = [&shown] { // the pane is made anew
        auto *button = static_cast<QPushButton *>(shown.visible("profileNewNodes"));
        return button ? button->text() : QString();
    };
    QTRY_COMPARE(word(), u"Stop using for new nodes"_s);
    shown.click("profileNewNodes");
    QCOMPARE(shown.profilesSource.newNodes.last(), QString());
}

void tst_Profiles::whatIsUsedCannotBeDeleted()
{
    ConsoleFixture shown(Fleet::Sample);
    ProfilesPage *page = open(shown, "strict");
    QTRY_VERIFY(shown.visible("profileDelete"));
    QVERIFY(!shown.visible("profileDelete")->isEnabled());
    QVERIFY(shown.visible("profileDelete")->toolTip().contains(u"5 nodes"_s));
    open(shown, "lab");
    QTRY_VERIFY(shown.visible("profileDelete") && shown.visible("profileDelete")->isEnabled());
    shown.click("profileDelete");
    shown.click("profileDeleteConfirm");
    QCOMPARE(shown.profilesSource.removes, QStringList {u"lab"_s});
    QTRY_COMPARE(page->banner().statement(), u"The profile lab was deleted."_s);
}

void tst_Profiles::aNodeGetsAnotherOne()
{
    ConsoleFixture shown(Fleet::Sample);
    emit shown.fleetSource.profilesArrived({u"Default"_s, u"strict"_s});
    const QString node = shown.fleet->nodes().idAt(7);
    shown.window().openAddress(u"fleet/"_s + node);
    QTRY_VERIFY(shown.find<QAction>("nodeProfile"));
    shown.find<QAction>("nodeProfile")->trigger();
    auto *choice = static_cast<QComboBox *>(shown.visible("nodeProfileChoice"));
    QVERIFY(choice);
    choice->setCurrentText(u"strict"_s);
    shown.click("nodeProfileApply");
    QCOMPARE(shown.fleetSource.profileChanges.size(), 1);
    QCOMPARE(shown.fleetSource.profileChanges[0].first, QStringList {node});
    QCOMPARE(shown.fleetSource.profileChanges[0].second, u"strict"_s);
    QTRY_COMPARE(shown.fleet->nodes().node(node)->profile, u"strict"_s);
}

void tst_Profiles::anActivationNamesOne()
{
    ConsoleFixture shown(Fleet::Sample);
    emit shown.fleetSource.profilesArrived({u"Default"_s, u"strict"_s});
    shown.find<QAction>("cmdEnrol")->trigger();
    auto *choice = static_cast<QComboBox *>(shown.visible("enrolProfile"));
    QCOMPARE(choice->currentText(), u"Default"_s);
    choice->setCurrentText(u"strict"_s);
    shown.click("enrolNext");
    shown.click("enrolNext");
    QCOMPARE(shown.fleetSource.wishes.size(), 1);
    QCOMPARE(shown.fleetSource.wishes[0].profile, u"strict"_s);
}

FB_TEST(tst_Profiles)

}

#include "tst_profiles.moc"
