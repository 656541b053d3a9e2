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

QuitSheet::QuitSheet(const QList<Activity> &running, const QList<Activity> &local, QWidget *window)
    : Sheet(tr("Quit while something is running?"), window)
{
    setObjectName(u"quitSheet"_s);
    const auto part = [this](const QString &words, const QList<Activity> &activities) {
        if (activities.isEmpty())
            return;
        auto *what = new TextLabel(words, TextRole::Body);
        what->setWordWrap(true);
        body()->addWidget(what);
        auto *names = new TextLabel(namesOf(activities), TextRole::BodyMedium);
        names->setWordWrap(true);
        body()->addWidget(names);
    };
    part(tr("These go on on the nodes. No node that has not started begins while this console is shut; "
            "results "
            "arrive when it is opened again."),
         running);
    part(tr("These stop now and leave nothing behind:"), local);
    body()->addStretch(1);
    auto *stay = makeButton(u"quitStay"_s, tr("Stay"));
    auto *quit = makeButton(u"quitConfirm"_s, tr("Quit"), Icon::Quit, ButtonKind::Danger);
    foot()->addStretch(1);
    foot()->addWidget(stay);
    foot()->addWidget(quit);
    connect(stay, &QPushButton::clicked, this, &Sheet::close);
    connect(quit, &QPushButton::clicked, this, [this] {
        emit confirmed();
        close();
    });
}

}
