#include "ui/nodes/tools/permissions_sheet.h"

#include "models/table/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

PermissionsSheet::PermissionsSheet(const FileRow &file, QWidget *window)
    : Sheet(tr("Permissions of %1").arg(visibleText(file.shownName, 60)), window),
      m_file(file),
      m_octal(new QLineEdit),
      m_user(new QLineEdit(file.user)),
      m_group(new QLineEdit(file.group))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"permissionsSheet"_s);
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(m.step(5));
    grid->setVerticalSpacing(m.step(2));
    const QStringList who {tr("Owner"), tr("Group"), tr("Others")};
    //: permissions of a file: may be read, written, executed
    const QStringList what {tr("Read"), tr("Write"), tr("Execute")};
    for (int row = 0; row < 3; ++row) {
        grid->addWidget(new TextLabel(who[row], TextRole::Body, Token::Text2), row, 0);
        for (int column = 0; column < 3; ++column) {
            auto *bit = new QCheckBox(what[column]);
            bit->setObjectName(u"bit%1"_s.arg(row * 3 + column));
            bit->setAccessibleName(u"%1: %2"_s.arg(who[row], what[column]));
            connect(bit, &QCheckBox::clicked, this,
                    [this] { m_octal->setText(u"%1"_s.arg(mode(), 4, 8, QLatin1Char('0'))); });
            grid->addWidget(bit, row, column + 1);
            m_bits << bit;
        }
    }
    grid->setColumnStretch(4, 1);
    m_octal->setObjectName(u"fileMode"_s);
    m_octalField = new FormField(tr("As a number"), m_octal, tr("Octal, as chmod takes it: 0644."));
    m_user->setObjectName(u"fileUser"_s);
    m_group->setObjectName(u"fileGroup"_s);
    body()->addWidget(box);
    body()->addWidget(m_octalField);
    body()->addWidget(new FormField(tr("Owner"), m_user, tr("A name or a number."), true));
    body()->addWidget(new FormField(tr("Group"), m_group, {}, true));
    body()->addStretch(1);
    auto *cancel = makeButton(u"permissionsCancel"_s, tr("Cancel"));
    auto *set = makeButton(u"permissionsSet"_s, tr("Change"), Icon::None, ButtonKind::Primary);
    markChange(set);
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(set);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(set, &QPushButton::clicked, this, &PermissionsSheet::submit);
    connect(m_octal, &QLineEdit::textEdited, this, [this](const QString &text) {
        bool isNumber = false;
        const int typed = text.toInt(&isNumber, 8);
        m_octalField->setError({});
        if (isNumber)
            setMode(typed);
    });
    setMode(file.mode);
    m_octal->setText(u"%1"_s.arg(file.mode, 4, 8, QLatin1Char('0')));
}

int PermissionsSheet::mode() const
{
    int mode = m_octal->text().toInt(nullptr, 8) & 07000; // those have no box
    for (int bit = 0; bit < 9; ++bit)
        mode |= m_bits[bit]->isChecked() ? 0400 >> bit : 0;
    return mode;
}

void PermissionsSheet::setMode(int mode)
{
    for (int bit = 0; bit < 9; ++bit)
        m_bits[bit]->setChecked((mode & (0400 >> bit)) != 0);
}

void PermissionsSheet::submit()
{
    bool isNumber = false;
    const int typed = m_octal->text().toInt(&isNumber, 8);
    if (!isNumber || typed < 0 || typed > 07777) {
        m_octalField->setError(tr("Enter 0 to 7777, with the digits 0 to 7."));
        return m_octal->setFocus();
    }
    const QString user = m_user->text().trimmed();
    const QString group = m_group->text().trimmed();
    if (user != m_file.user || group != m_file.group) // first: it takes the set-user bits away
        emit ownerChosen(user == m_file.user ? QString() : user, group == m_file.group ? QString() : group);
    if (typed != m_file.mode)
        emit modeChosen(typed);
    close();
}

}
