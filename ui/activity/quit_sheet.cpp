#include "ui/activity/quit_sheet.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kShown = 6;

    QString namesOf(const QList<Activity> &activities)
    {
        QStringList names;
        for (const Activity &each : activities.first(qMin(kShown, activities.size())))
            names << u"- %1 (%2)"_s.arg(each.title, each.detail);
        if (activities.size() > kShown)
            names << QuitSheet::tr("and %n more", nullptr, static_cast<int>(activities.size() - kShown));
        return names.join(u'\n');
    }
}

QuitSheet::QuitSheet(const What &what, QWidget *window)
    : Sheet(what.running.isEmpty() && what.local.isEmpty() ? tr("Quit?")
                                                           : tr("Quit while something is running?"),
            window),
      m_stay(makeButton(u"quitStay"_s, tr("Stay")))
{
    setObjectName(u"quitSheet"_s);
    const auto say = [this](const QString &words, TextRole role) {
        auto *label = new TextLabel(words, role);
        label->setWordWrap(true);
        body()->addWidget(label);
    };
    if (what.tookOver)
        say(tr("This console took over from an engine that ran without it. When it quits, no engine serves "
               "the fleet, unless one is kept running."),
            TextRole::Body);
    if (!what.running.isEmpty()) {
        say(tr("These continue on the nodes. Nodes that have not started wait while this console is closed; "
               "results arrive when it is opened again. If you keep the engine running, it continues with "
               "them."),
            TextRole::Body);
        say(namesOf(what.running), TextRole::BodyMedium);
    }
    if (!what.local.isEmpty()) {
        say(tr("These stop now and leave nothing behind:"), TextRole::Body);
        say(namesOf(what.local), TextRole::BodyMedium);
    }
    body()->addStretch(1);
    auto *headless = makeButton(u"quitHeadless"_s, tr("Keep running headless"), Icon::Engine);
    auto *quit = makeButton(u"quitConfirm"_s, tr("Quit"), Icon::Quit, ButtonKind::Danger);
    headless->setEnabled(what.whyNotHeadless.isEmpty());
    headless->setToolTip(
        what.whyNotHeadless.isEmpty()
            ? tr("The engine keeps running without a window; the next console takes over from it.")
            : what.whyNotHeadless);
    foot()->addWidget(headless);
    foot()->addStretch(1);
    foot()->addWidget(m_stay);
    foot()->addWidget(quit);
    connect(m_stay, &QPushButton::clicked, this, &Sheet::close);
    connect(headless, &QPushButton::clicked, this, [this] {
        emit headlessChosen();
        close();
    });
    connect(quit, &QPushButton::clicked, this, [this] {
        emit confirmed();
        close();
    });
}

}
