#include "ui/nodes/tools/conflict_sheet.h"

#include "models/table/visible_text.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

ConflictSheet::ConflictSheet(const QByteArray &path, QWidget *window)
    : Sheet(tr("%1 already exists").arg(visibleText(filePath::shown(filePath::name(path)), 60)), window),
      m_forAll(new QCheckBox(tr("Do the same for all that follow")))
{
    setObjectName(u"conflictSheet"_s);
    auto *words
        = new TextLabel(tr("In the folder %1. Replacing it cannot be undone; keeping both gives the new "
                           "one a number.")
                            .arg(visibleText(filePath::shown(filePath::parent(path)))),
                        TextRole::Body);
    words->setWordWrap(true);
    m_forAll->setObjectName(u"conflictForAll"_s);
    body()->addWidget(words);
    body()->addWidget(m_forAll);
    body()->addStretch(1);
    auto *replace = makeButton(u"conflictReplace"_s, tr("Replace"), Icon::None, ButtonKind::Danger);
    auto *both = makeButton(u"conflictBoth"_s, tr("Keep both"));
    auto *skip = makeButton(u"conflictSkip"_s, tr("Skip"), Icon::None, ButtonKind::Primary);
    markChange(replace);
    markChange(both);
    foot()->addStretch(1);
    for (QPushButton *button : {skip, both, replace}) // the safe one gets the focus
        foot()->addWidget(button);
    connect(replace, &QPushButton::clicked, this, [this] { choose(FileChoice::Replace); });
    connect(both, &QPushButton::clicked, this, [this] { choose(FileChoice::KeepBoth); });
    connect(skip, &QPushButton::clicked, this, [this] { choose(FileChoice::Skip); });
    connect(this, &Sheet::closed, this, [this] {
        if (!m_isChosen)
            emit chosen(FileChoice::Skip, false);
    });
}

void ConflictSheet::choose(FileChoice choice)
{
    m_isChosen = true;
    emit chosen(choice, m_forAll->isChecked());
    close();
}

}
