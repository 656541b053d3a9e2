// The activations page and the wizard that makes one: list, delete, steps, Back, what is pasted, the code kept nowhere.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/activations/activations_page.h"
#include "ui/nodes/activations/enrol_wizard.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_Activations : public QObject
{
    Q_OBJECT
private slots:
    void listsAndDeletes();
    void refusedDeleteIsABanner();
    void emptyPageOffersTheWizard();
    void wizardKeepsInputAndShowsTheCodeOnce();
    void waysAreTexts();
    void badInputIsSaidAtTheField();
    void refusalStaysInTheWizard();
    void closingAsksOnce();
    void hostileTexts();

private:
    static const QString code() { return u"pV3kQ8sN2xLr7TzB1mYc4W"_s; }

    static EnrolWizard *openWizard(ConsoleFixture &shown)
    {
        shown.find<QAction>("cmdEnrol")->trigger();
        return static_cast<EnrolWizard *>(shown.visible("enrolWizard"));
    }

    template <typename T>
    static T *part(QWidget *parent, const QString &name)
    {
        return parent->findChild<T *>(name);
    }

    static void next(EnrolWizard *wizard)
    {
        QTest::mouseClick(part<QPushButton>(wizard, u"enrolNext"_s), Qt::LeftButton);
    }
};

void tst_Activations::listsAndDeletes()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"activations"_s);
    auto *table = shown.find<DataTable>("activationsTable");
    QTRY_COMPARE(table->model()->rowCount(), 4);
    const QString id = u"5c0e7d1a-4b1f-4c6e-9a57-0d3f8e2b7c11"_s;
    table->select(id);
    const int row = table->currentIndex().row();
    QCOMPARE(table->model()->index(row, 1).data().toString(), u"Active"_s);
    QCOMPARE(table->model()->index(row, 2).data().toString(), u"3 of 10"_s);
    QCOMPARE(table->model()->index(row, 3).data().toString(), u"in 6 days"_s);
    auto *remove = static_cast<QPushButton *>(shown.visible("activationDelete"));
    QVERIFY(remove);
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(shown.visible("activationSheet"));
    QTRY_VERIFY(shown.visible("activationCancel")->hasFocus());
    QTest::mouseClick(shown.visible("activationConfirm"), Qt::LeftButton);
    QCOMPARE(shown.activationsSource.removed, QStringList {id});
    QTRY_COMPARE(table->model()->rowCount(), 3);
}

void tst_Activations::refusedDeleteIsABanner()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"activations"_s);
    auto *page = qobject_cast<ActivationsPage *>(shown.window().page());
    QTRY_COMPARE(shown.find<DataTable>("activationsTable")->model()->rowCount(), 4);
    shown.activationsSource.refusal = ShownError {.kind = ShownError::Kind::State,
                                                  .code = u"InvalidActivation"_s,
                                                  .message = u"It is already deleted."_s};
    page->askDelete(u"5c0e7d1a-4b1f-4c6e-9a57-0d3f8e2b7c11"_s);
    QTest::mouseClick(shown.visible("activationConfirm"), Qt::LeftButton);
    QTRY_COMPARE(page->banner().statement(), u"The activation was not deleted."_s);
}

void tst_Activations::emptyPageOffersTheWizard()
{
    ConsoleFixture shown(Fleet::Empty);
    shown.window().openAddress(u"activations"_s);
    QTRY_VERIFY(shown.visible("activationsEnrolFirst"));
    QTest::mouseClick(shown.visible("activationsEnrolFirst"), Qt::LeftButton);
    QVERIFY(shown.visible("enrolWizard"));
}

void tst_Activations::wizardKeepsInputAndShowsTheCodeOnce()
{
    ConsoleFixture shown(Fleet::Sample);
    EnrolWizard *wizard = openWizard(shown);
    QVERIFY(wizard);
    part<QSpinBox>(wizard, u"enrolLimit"_s)->setValue(3);
    QTest::keyClicks(part<QLineEdit>(wizard, u"enrolName"_s), u"web"_s);
    QTest::mouseClick(part<QPushButton>(wizard, u"tagAdd"_s), Qt::LeftButton);
    QTest::keyClicks(part<QLineEdit>(wizard, u"tagKey-0"_s), u"env"_s);
    QTest::keyClicks(part<QLineEdit>(wizard, u"tagValue-0"_s), u"prod"_s);
    next(wizard);
    QCOMPARE(wizard->step(), 1);
    QTest::mouseClick(part<QPushButton>(wizard, u"enrolBack"_s), Qt::LeftButton); // loses nothing
    QCOMPARE(part<QSpinBox>(wizard, u"enrolLimit"_s)->value(), 3);
    QCOMPARE(part<QLineEdit>(wizard, u"tagKey-0"_s)->text(), u"env"_s);
    next(wizard);
    QCOMPARE(part<QPushButton>(wizard, u"enrolNext"_s)->text(), u"Create activation"_s);
    QVERIFY(shown.fleetSource.wishes.isEmpty()); // nothing is made before that
    next(wizard);
    QTRY_COMPARE(wizard->step(), 2);
    QCOMPARE(shown.fleetSource.wishes[0].registrationLimit, 3);
    QCOMPARE(shown.fleetSource.wishes[0].tagPairs, (QList<NodeTag> {{u"env"_s, u"prod"_s}}));
    auto *text = part<QPlainTextEdit>(wizard, u"enrolText"_s);
    QVERIFY(text->toPlainText().startsWith(u"printf %s '"_s + code()));
    QVERIFY(!text->isUndoRedoEnabled());
    QVERIFY(part<QLabel>(wizard, u"enrolFacts"_s)->text().contains(u"9f3c9f3c"_s));

    // The code is in no address, title, tooltip or accessible text.
    QVERIFY(!shown.window().link().contains(code()));
    const QList<QWidget *> widgets = shown.window().findChildren<QWidget *>();
    for (const QWidget *widget : widgets)
        QVERIFY(!widget->toolTip().contains(code()) && !widget->accessibleName().contains(code())
                && !widget->accessibleDescription().contains(code()));
    QTest::mouseClick(part<QPushButton>(wizard, u"enrolCopy"_s), Qt::LeftButton);
    const QMimeData *copied = QGuiApplication::clipboard()->mimeData();
    QVERIFY(copied->text().contains(code()));
    QCOMPARE(copied->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));

    // Watch it appear.
    QCOMPARE(part<QLabel>(wizard, u"enrolWatch"_s)->text(), u"Waiting for the first node"_s);
    NodeRow row = shown.fleetSource.nodes[0];
    row.id = u"mi-00000000000000abc"_s;
    row.name = u"web-new"_s;
    row.activationId = u"5c0e7d1a-4b1f-4c6e-9a57-0d3f8e2b7c11"_s;
    emit shown.fleetSource.nodesArrived({row});
    QTRY_COMPARE(part<QLabel>(wizard, u"enrolWatch"_s)->text(), u"1 of 3 nodes joined"_s);
    QCOMPARE(part<QLabel>(wizard, u"enrolJoined"_s)->text(), u"web-new"_s);

    // Another way with the same activation.
    QTest::mouseClick(part<QPushButton>(wizard, u"enrolBack"_s), Qt::LeftButton);
    part<QRadioButton>(wizard, u"enrolWayAnsible"_s)->setChecked(true);
    next(wizard);
    QCOMPARE(wizard->step(), 2);
    QVERIFY(text->toPlainText().contains(u"no_log: true"_s));
    QCOMPARE(shown.fleetSource.wishes.size(), 1);
    next(wizard); // Done
    QTRY_VERIFY(!shown.visible("enrolWizard"));
}

void tst_Activations::waysAreTexts()
{
    ActivationMade made;
    made.id = u"5c0e7d1a-4b1f-4c6e-9a57-0d3f8e2b7c11"_s;
    made.code = code();
    made.engineUrl = u"wss://fb-01.example.net:8443/agent/v1"_s;
    made.caSha256 = u"9f3c"_s.repeated(16);
    for (const EnrolmentWay way :
         {EnrolmentWay::Command, EnrolmentWay::CloudInit, EnrolmentWay::Ansible, EnrolmentWay::Hosts}) {
        const QString text = EnrolmentTexts::text(made, way, {u"web-1"_s, u"admin@10.0.0.2"_s});
        QVERIFY(text.contains(made.caSha256) && text.contains(made.id) && text.contains(made.engineUrl));
        QCOMPARE(text.count(made.code), 1);
        QVERIFY(!text.contains(u"--activation-code "_s)); // never among the arguments of a process
    }
    QString problem;
    QCOMPARE(EnrolmentTexts::readHosts(u"web-1\n\n# spare\nadmin@10.0.0.2 # db\nweb-1\n"_s, problem),
             (QStringList {u"web-1"_s, u"admin@10.0.0.2"_s}));
    for (const QString &bad : {u"web;rm -rf /"_s, u"-oProxyCommand=x"_s, u"$(id)"_s, u"a b"_s, u"`id`"_s}) {
        QVERIFY(EnrolmentTexts::readHosts(bad, problem).isEmpty());
        QVERIFY2(!problem.isEmpty(), qPrintable(bad));
    }
    QVERIFY(EnrolmentTexts::readHosts({}, problem).isEmpty() && !problem.isEmpty());
}

void tst_Activations::badInputIsSaidAtTheField()
{
    ConsoleFixture shown(Fleet::Sample);
    EnrolWizard *wizard = openWizard(shown);
    auto *name = part<QLineEdit>(wizard, u"enrolName"_s);
    QTest::keyClicks(name, u"web#1"_s);
    next(wizard);
    QCOMPARE(wizard->step(), 0);
    QVERIFY(name->accessibleDescription().contains(u"letters"_s));
    name->setText(u"web"_s);
    part<QSpinBox>(wizard, u"enrolLimit"_s)->setValue(1);
    next(wizard);
    part<QRadioButton>(wizard, u"enrolWayHosts"_s)->setChecked(true);
    auto *hosts = part<QPlainTextEdit>(wizard, u"enrolHosts"_s);
    QVERIFY(hosts->isVisible());
    hosts->setPlainText(u"a\nb"_s);
    next(wizard);
    QVERIFY(hosts->accessibleDescription().contains(u"only 1 nodes"_s));
    hosts->setPlainText(u"a"_s);
    next(wizard);
    QTRY_COMPARE(wizard->step(), 2);
    QVERIFY(part<QPlainTextEdit>(wizard, u"enrolText"_s)->toPlainText().contains(u"for host in a; do"_s));
}

void tst_Activations::refusalStaysInTheWizard()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.fleetSource.refusal = ShownError {.kind = ShownError::Kind::WrongInput,
                                            .code = u"ValidationException"_s,
                                            .message = u"DefaultInstanceName is odd."_s,
                                            .field = u"DefaultInstanceName"_s};
    EnrolWizard *wizard = openWizard(shown);
    next(wizard);
    next(wizard);
    QTRY_COMPARE(wizard->step(), 0); // where the field is
    QVERIFY(part<QLineEdit>(wizard, u"enrolName"_s)->accessibleDescription().contains(u"odd"_s));
    QVERIFY(part<QPushButton>(wizard, u"enrolNext"_s)->isEnabled());
}

void tst_Activations::closingAsksOnce()
{
    ConsoleFixture shown(Fleet::Sample);
    EnrolWizard *wizard = openWizard(shown);
    next(wizard);
    next(wizard);
    QTRY_COMPARE(wizard->step(), 2);
    QTest::keyClick(wizard, Qt::Key_Escape);
    QVERIFY(wizard->isVisible());
    QCOMPARE(part<Banner>(wizard, u"banner"_s)->statement(), u"The code cannot be shown again."_s);
    QTest::keyClick(wizard, Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("enrolWizard"));
}

void tst_Activations::hostileTexts()
{
    // [U01] [U04]
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"activations"_s);
    auto *table = shown.find<DataTable>("activationsTable");
    QTRY_COMPARE(table->model()->rowCount(), 4);
    table->select(u"ffe31c02-93b7-4f18-9e3b-5a2d1c0b8e44"_s);
    const QString name = table->currentIndex().siblingAtColumn(0).data().toString();
    QVERIFY(name.startsWith(u"<b>x</b>"_s) && !name.contains(QChar(0x202e)) && name.size() < 400);
    const QList<QLabel *> labels = shown.window().page()->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(!shown.window().grab().isNull());
}

FB_TEST(tst_Activations)

}

#include "tst_activations.moc"
