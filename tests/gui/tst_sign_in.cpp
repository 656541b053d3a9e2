// Signing in, the second step, the lock and the operator's own account, as a person uses them: clicks and keys.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/signin/lock_screen.h"
#include "ui/signin/sign_in_window.h"
#include "ui/signin/use_watch.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using SignInStage = SignInViewModel::Stage;

class tst_SignIn : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Light); }
    void byKeysAlone();
    void refusalsSayWhatToDo();
    void secondStep();
    void machineThatCannotStay();
    void whySomebodyIsAsked();
    void lockHidesAndBringsBack();
    void useIsTold();
    void operatorMenu();
    void changePassword();
    void twoStepSetUp();
    void firstAdministrator();
    void whatTheRoleForbids();

private:
    static QWidget *focus() { return QApplication::focusWidget(); }
    static void type(const QString &text)
    {
        QVERIFY(focus());
        QTest::keyClicks(focus(), text);
    }
    // A console of somebody who is signed in: its window is made for them.
    static void signInAt(ConsoleFixture &shown)
    {
        shown.signIn->setSignedIn(shown.signInSource.who);
        emit shown.signInSource.operatorChanged({});
        emit shown.signInSource.operatorChanged(shown.signInSource.who);
        shown.window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&shown.window()));
    }
    static void enter() { QTest::keyClick(focus(), Qt::Key_Return); }
};

void tst_SignIn::byKeysAlone()
{
    FakeSignInSource source;
    SignInViewModel model(source);
    model.ask(SignOutCause::None);
    SignInWindow window(model, u"/data"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QCOMPARE(focus()->objectName(), u"signInName"_s);
    enter(); // without a name
    QVERIFY(!qobject_cast<FormField *>(focus()->parentWidget())->error().isEmpty());
    type(u"m.tanaka"_s);
    enter(); // goes on to the password
    QCOMPARE(focus()->objectName(), u"signInPassword"_s);
    type(u"correct horse battery"_s);
    QCOMPARE(qobject_cast<QLineEdit *>(focus())->echoMode(), QLineEdit::Password);
    QTest::keyClick(focus(), Qt::Key_Tab);
    QCOMPARE(focus()->objectName(), u"signInStay"_s);
    QTest::keyClick(focus(), Qt::Key_Space);
    QTest::keyClick(focus(), Qt::Key_Tab);
    QCOMPARE(focus()->objectName(), u"signInSubmit"_s);
    source.slow = true;
    enter();
    QVERIFY(model.isBusy());
    QVERIFY(!window.findChild<QPushButton *>(u"signInSubmit"_s)->isEnabled());
    QVERIFY(window.findChild<QLineEdit *>(u"signInPassword"_s)->text().isEmpty()); // it is not left about
    source.go();
    QVERIFY(model.stage() == SignInStage::SignedIn);
    QVERIFY(source.stayed);
    QCOMPARE(model.who().name, u"m.tanaka"_s);
}

void tst_SignIn::refusalsSayWhatToDo()
{
    FakeSignInSource source;
    SignInViewModel model(source);
    model.setLastName(u"m.tanaka"_s);
    model.ask(SignOutCause::None);
    SignInWindow window(model, u"/data"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QCOMPARE(focus()->objectName(), u"signInPassword"_s); // the name is known
    auto *banner = window.findChild<Banner *>(u"signInBanner"_s);
    type(u"wrong"_s);
    enter();
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->statement(), u"Name or password is not right."_s);
    QCOMPARE(focus()->objectName(), u"signInPassword"_s);
    for (int i = 0; i < 2; ++i) {
        type(u"wrong"_s);
        enter();
    }
    QVERIFY(model.isHeld());
    QVERIFY(model.problem().sentence.contains(u"4 second"));
    QVERIFY(!window.findChild<QPushButton *>(u"signInSubmit"_s)->isEnabled());
    type(u"correct horse battery"_s);
    enter(); // is not even asked
    QVERIFY(model.stage() == SignInStage::Password);
    source.m_now += std::chrono::seconds(4);
    QTRY_VERIFY(window.findChild<QPushButton *>(u"signInSubmit"_s)->isEnabled());
    source.disabled = true;
    enter();
    QCOMPARE(banner->statement(), u"This account is disabled."_s);
    source.disabled = false;
    type(u"correct horse battery"_s);
    enter();
    QVERIFY(model.stage() == SignInStage::SignedIn);
}

void tst_SignIn::secondStep()
{
    FakeSignInSource source;
    source.code = u"123456"_s;
    SignInViewModel model(source);
    model.setLastName(u"m.tanaka"_s);
    model.ask(SignOutCause::None);
    SignInWindow window(model, u"/data"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    type(u"correct horse battery"_s);
    enter();
    QVERIFY(model.stage() == SignInStage::Code);
    QCOMPARE(focus()->objectName(), u"signInCode"_s);
    QTest::keyClick(focus(), Qt::Key_Escape);
    QVERIFY(model.stage() == SignInStage::Password);
    type(u"correct horse battery"_s);
    enter();
    type(u"000000"_s);
    enter();
    QCOMPARE(window.findChild<Banner *>(u"signInBanner"_s)->statement(), u"This code is not right."_s);
    QVERIFY(qobject_cast<QLineEdit *>(focus())->text().isEmpty()); // typed anew
    type(u"123456"_s);
    enter();
    QVERIFY(model.stage() == SignInStage::SignedIn);
}

void tst_SignIn::machineThatCannotStay()
{
    FakeSignInSource source;
    source.stayProblem = u"Only a console on a store of its own can stay signed in."_s;
    SignInViewModel model(source);
    model.ask(SignOutCause::None);
    SignInWindow window(model, u"db.example.org"_s);
    window.show();
    auto *stay = window.findChild<QCheckBox *>(u"signInStay"_s);
    QVERIFY(!stay->isEnabled());
    QCOMPARE(stay->toolTip(), source.stayProblem);
}

void tst_SignIn::whySomebodyIsAsked()
{
    FakeSignInSource source;
    SignInViewModel model(source);
    SignInWindow window(model, u"/data"_s);
    window.show();
    auto *note = window.findChild<QLabel *>(u"signInNote"_s);
    QStringList all;
    for (const SignOutCause cause :
         {SignOutCause::SignedOut, SignOutCause::Ended, SignOutCause::Expired, SignOutCause::Disabled,
          SignOutCause::PasswordChanged, SignOutCause::RoleChanged, SignOutCause::NowRequired}) {
        emit source.signedOut(cause);
        QVERIFY(note->isVisible() && !note->text().isEmpty());
        all << note->text();
    }
    QCOMPARE(all.removeDuplicates(), 0);
    model.ask(SignOutCause::None, u"The keychain is locked."_s);
    QCOMPARE(note->text(), u"The keychain is locked."_s);
}

void tst_SignIn::lockHidesAndBringsBack()
{
    FakeSignInSource source;
    SignInViewModel model(source);
    model.setSignedIn(source.who);
    QWidget main;
    main.setGeometry(40, 50, 900, 700);
    main.show();
    QWidget tornOff;
    tornOff.show();
    QWidget shut; // of another time: stays shut
    QVERIFY(QTest::qWaitForWindowExposed(&main));
    model.lock();
    QVERIFY(model.stage() == SignInStage::Locked);
    SignInWindow window(model, u"/data"_s);
    LockScreen lock;
    lock.shut(window, &main);
    QVERIFY(window.isVisible() && !main.isVisible() && !tornOff.isVisible());
    QCOMPARE(window.geometry(), QRect(40, 50, 900, 700));
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QCOMPARE(focus()->objectName(), u"unlockPassword"_s);
    QWidget late; // comes up behind the lock
    late.show();
    QTRY_VERIFY(!late.isVisible());
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(!window.close()); // what runs behind it is not ended by whoever passes by
    QVERIFY(window.isVisible());
    QVERIFY(!window.findChild<QPushButton *>(u"signInQuit"_s)->isVisible());
    type(u"wrong"_s);
    enter();
    QCOMPARE(window.findChild<Banner *>(u"signInBanner"_s)->statement(), u"This password is not right."_s);
    type(u"correct horse battery"_s);
    enter();
    QVERIFY(model.stage() == SignInStage::SignedIn);
    lock.open();
    QVERIFY(main.isVisible() && tornOff.isVisible() && late.isVisible() && !shut.isVisible());
}

void tst_SignIn::useIsTold()
{
    FakeSignInSource source;
    SignInViewModel model(source);
    UseWatch watch;
    connect(&watch, &UseWatch::used, &model, &SignInViewModel::used);
    QLineEdit edit;
    edit.show();
    QTest::keyClick(&edit, Qt::Key_A);
    QCOMPARE(source.uses, 0); // nobody is signed in
    model.setSignedIn(source.who);
    QTest::keyClick(&edit, Qt::Key_A);
    QTest::keyClick(&edit, Qt::Key_A);
    QCOMPARE(source.uses, 1); // now and then
    source.m_now += std::chrono::seconds(5);
    QTest::keyClick(&edit, Qt::Key_A);
    QCOMPARE(source.uses, 2);
}

void tst_SignIn::operatorMenu()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    QVERIFY(shown.find<QAction>("makeAdministrator"));
    QVERIFY(!shown.find<QAction>("lockConsole"));
    signInAt(shown);
    QVERIFY(!shown.find<QAction>("makeAdministrator"));
    QSignalSpy stages(shown.signIn.get(), &SignInViewModel::stageChanged);
    QTest::keyClick(&shown.window(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(shown.signIn->stage() == SignInStage::Locked);
    QCOMPARE(stages.size(), 1);
    shown.signIn->unlock(shown.signInSource.password);
    QVERIFY(shown.signIn->stage() == SignInStage::SignedIn);
    shown.find<QAction>("signOut")->trigger();
    QVERIFY(shown.signIn->stage() == SignInStage::Password);
}

void tst_SignIn::changePassword()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    signInAt(shown);
    shown.find<QAction>("changePassword")->trigger();
    QVERIFY(shown.visible("changePasswordSheet"));
    const auto field
        = [&](const char *name) { return qobject_cast<FormField *>(shown.visible(name)->parentWidget()); };
    const auto fill = [&](const char *name, const QString &text) {
        auto *edit = qobject_cast<QLineEdit *>(shown.visible(name));
        edit->selectAll();
        QTest::keyClicks(edit, text);
    };
    shown.click("passwordSave");
    QVERIFY(!field("passwordOld")->error().isEmpty());
    fill("passwordOld", u"wrong"_s);
    fill("passwordNew", u"short"_s);
    shown.click("passwordSave");
    QVERIFY(!field("passwordNew")->error().isEmpty());
    fill("passwordNew", u"another password"_s);
    fill("passwordAgain", u"another passwort"_s);
    shown.click("passwordSave");
    QVERIFY(!field("passwordAgain")->error().isEmpty());
    fill("passwordAgain", u"another password"_s);
    shown.click("passwordSave");
    QVERIFY(!field("passwordOld")->error().isEmpty()); // the engine's answer, on its field
    fill("passwordOld", u"correct horse battery"_s);
    shown.click("passwordSave");
    QVERIFY(!shown.visible("changePasswordSheet"));
    QCOMPARE(shown.signInSource.password, u"another password"_s);
}

void tst_SignIn::twoStepSetUp()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    signInAt(shown);
    shown.find<QAction>("twoStep")->trigger();
    shown.click("twoStepBegin");
    QCOMPARE(shown.find<QLabel>("twoStepSecret")->text(), u"GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"_s);
    QVERIFY(shown.find<QLabel>("twoStepLink")->text().startsWith(u"otpauth://"));
    QCOMPARE(focus()->objectName(), u"twoStepCode"_s);
    type(u"000000"_s);
    enter();
    QVERIFY(!qobject_cast<FormField *>(shown.visible("twoStepCode")->parentWidget())->error().isEmpty());
    qobject_cast<QLineEdit *>(focus())->selectAll();
    type(u"287082"_s);
    enter();
    QCOMPARE(shown.find<QLabel>("twoStepCodes")->text().split(u'\n').size(), 10);
    QTest::keyClick(focus(), Qt::Key_Escape); // they are not thrown away by a key
    QVERIFY(shown.visible("twoStepSheet"));
    shown.click("twoStepKept");
    QVERIFY(shown.visible("twoStepEnd"));
    QVERIFY(shown.find<QLabel>("twoStepCodes")->text().isEmpty());
    QTest::keyClicks(shown.visible("twoStepPassword"), u"wrong"_s);
    shown.click("twoStepEnd");
    QVERIFY(!shown.signInSource.code.isEmpty());
    QTest::keyClicks(shown.visible("twoStepPassword"), shown.signInSource.password);
    shown.click("twoStepEnd");
    QVERIFY(shown.signInSource.code.isEmpty());
    QVERIFY(shown.visible("twoStepBegin"));
}

void tst_SignIn::firstAdministrator()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    shown.find<QAction>("makeAdministrator")->trigger();
    auto *name = qobject_cast<QLineEdit *>(shown.visible("firstName"));
    name->selectAll();
    QTest::keyClicks(name, u"s sato"_s);
    QTest::keyClicks(shown.visible("firstPassword"), u"correct horse battery"_s);
    QTest::keyClicks(shown.visible("firstAgain"), u"correct horse battery"_s);
    shown.click("firstMake");
    QVERIFY(!qobject_cast<FormField *>(name->parentWidget())->error().isEmpty());
    name->selectAll();
    QTest::keyClicks(name, u"s.sato"_s);
    shown.click("firstMake");
    QVERIFY(shown.signIn->stage() == SignInStage::Password); // from now on it asks
    QCOMPARE(shown.signIn->lastName(), u"s.sato"_s);
}

// What the role forbids stays visible, disabled, and says which role is missing.
void tst_SignIn::whatTheRoleForbids()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    auto *button = new QPushButton(u"Deregister"_s, &shown.window());
    markAction(button, "ssm:DeregisterManagedInstance");
    QSignalSpy clicked(button, &QPushButton::clicked);
    button->setGeometry(300, 300, 120, 30);
    button->show();
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(clicked.size(), 1);
    QHash<QString, ForbiddenAction> forbidden;
    forbidden.insert(u"ssm:DeregisterManagedInstance"_s,
                     {.why = ForbiddenAction::Why::Role,
                      .role = u"Viewer"_s,
                      .leastRole = u"Administrator"_s,
                      .group = {}});
    forbidden.insert(
        u"flagbridge:CreateOperator"_s,
        {.why = ForbiddenAction::Why::Denied, .role = u"Viewer"_s, .leastRole = {}, .group = u"ops"_s});
    emit shown.signInSource.forbiddenChanged(forbidden);
    QVERIFY(EditGate::waits(*button));
    QVERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(clicked.size(), 1);
    QVERIFY(button->accessibleDescription().contains(u"Viewer"));
    QVERIFY(button->accessibleDescription().contains(u"Administrator"));
    auto *action = shown.find<QAction>("makeAdministrator"); // menus and the palette go by it too
    QVERIFY(!action->isEnabled());
    QVERIFY(action->toolTip().contains(u"ops"));
    emit shown.signInSource.forbiddenChanged({});
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(clicked.size(), 2);
    QVERIFY(action->isEnabled());
}

FB_TEST(tst_SignIn)

}

#include "tst_sign_in.moc"
