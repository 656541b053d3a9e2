#include "ui/shared/fleetsettings/setting_field.h"

#include "models/shared/fleetsettings/fleet_setting_words.h"
#include "models/shared/fleetsettings/network_lines.h"
#include "models/table/visible_text.h"
#include "ui/text/numbered_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/form_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QLocale>
#include <QSpinBox>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kUsualPercent = 40;
    constexpr int kMostCharacters = 4096;
    constexpr qsizetype kShownLines = 5; // of what is wrong
}

SettingField::SettingField(const FleetSettingRow &setting, const QStringList &profiles, QWidget *parent)
    : QWidget(parent),
      m_setting(setting)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(themeOf(this).metrics().fieldGap());
    QList<QPair<QString, QString>> choices; // value, words
    switch (FleetSettingWords::kind(setting)) {
    case SettingKind::Switch:
    case SettingKind::Choice:
        for (const QString &value : setting.allowed)
            choices.append({value, FleetSettingWords::value(setting, value)});
        makeCombo(choices, tr("Value"), {});
        break;
    case SettingKind::Profile:
        choices.append(
            {FleetSettingWords::kNone, FleetSettingWords::value(setting, FleetSettingWords::kNone)});
        for (const QString &name : profiles)
            choices.append({name, visibleText(name)});
        if (setting.value != FleetSettingWords::kNone && !profiles.contains(setting.value))
            choices.append(
                {setting.value, tr("%1 (no profile of this name)").arg(visibleText(setting.value))});
        makeCombo(choices, tr("New nodes get the profile"), {});
        break;
    case SettingKind::Percent:
        makePercent();
        break;
    case SettingKind::Minutes:
    case SettingKind::Count:
    case SettingKind::Mebibytes:
        makeNumber();
        break;
    case SettingKind::Networks:
        makeNetworks();
        break;
    case SettingKind::Secret:
        makeSecret();
        break;
    case SettingKind::Text:
        makeText();
        break;
    }
    column->addWidget(m_form);
}

void SettingField::makeCombo(const QList<QPair<QString, QString>> &choices, const QString &label,
                             const QString &help)
{
    m_combo = new QComboBox;
    m_combo->setObjectName(u"settingChoice"_s);
    for (const auto &[value, words] : choices)
        m_combo->addItem(words, value);
    m_combo->setCurrentIndex(qMax(0, m_combo->findData(m_setting.value)));
    m_form = new FormField(label, m_combo, help);
}

void SettingField::makePercent()
{
    const bool isOn = m_setting.value != FleetSettingWords::kOff;
    m_isOn = new QCheckBox(tr("Report nodes whose hardware has changed"));
    m_isOn->setObjectName(u"settingOn"_s);
    m_isOn->setChecked(isOn);
    m_percent = new QSpinBox;
    m_percent->setObjectName(u"settingPercent"_s);
    m_percent->setRange(1, 100);
    m_percent->setSuffix(QLocale().percent());
    bool isNumber = false;
    const int percent = (isOn ? m_setting.value : m_setting.byDefault).toInt(&isNumber);
    m_percent->setValue(isNumber ? percent : kUsualPercent);
    m_percent->setFixedWidth(themeOf(this).metrics().lines(6.5));
    m_percent->setEnabled(isOn);
    connect(m_isOn, &QCheckBox::toggled, m_percent, &QWidget::setEnabled);
    layout()->addWidget(m_isOn);
    m_form = new FormField(tr("Values that must match"), m_percent,
                           tr("1 to 100 percent of the nine: with 40%, at least four of them."));
}

void SettingField::makeNumber()
{
    const bool isTime = FleetSettingWords::kind(m_setting) == SettingKind::Minutes;
    const bool isSize = FleetSettingWords::kind(m_setting) == SettingKind::Mebibytes;
    m_number = new QSpinBox;
    m_number->setObjectName(u"settingNumber"_s);
    m_number->setRange(m_setting.least, m_setting.most);
    if (isTime)
        //: minutes, after a number
        m_number->setSuffix(tr(" min"));
    if (isSize)
        //: mebibytes, after a number
        m_number->setSuffix(tr(" MiB"));
    m_number->setGroupSeparatorShown(isSize);
    m_number->setValue(m_setting.value.toInt());
    m_number->setFixedWidth(themeOf(this).metrics().lines(isSize ? 10 : 6.5));
    if (isSize) {
        const auto sizeOf = [this](qint64 mebibytes) {
            return FleetSettingWords::value(m_setting, QString::number(mebibytes));
        };
        m_form = new FormField(tr("Size"), m_number,
                               tr("%1 to %2; %3 by default")
                                   .arg(sizeOf(m_setting.least), sizeOf(m_setting.most),
                                        FleetSettingWords::value(m_setting, m_setting.byDefault)));
        return;
    }
    const QString range = isTime ? tr("%1 to %2 minutes; %3 by default") : tr("%1 to %2; %3 by default");
    m_form = new FormField(isTime ? tr("Minutes") : tr("Number"), m_number,
                           range.arg(m_setting.least).arg(m_setting.most).arg(m_setting.byDefault));
}

void SettingField::makeNetworks()
{
    m_networks = new NumberedText(u"settingNetworks"_s);
    m_networks->setTabChangesFocus(true);
    m_networks->setPlainText(NetworkLines::ofSetting(m_setting.value));
    m_networks->setFixedHeight(themeOf(this).metrics().lines(9));
    m_networks->setPlaceholderText(u"10.0.0.0/8\n192.0.2.17\nfd00::/8"_s);
    m_form = new FormField(
        tr("Addresses and networks"), m_networks,
        tr("One per line, at most %1. If empty, only what every agent refuses by itself is blocked.")
            .arg(NetworkLines::kMost),
        true);
    connect(m_networks, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_form->error().isEmpty()) // while something is wrong, each change is looked at
            check();
    });
}

void SettingField::makeText()
{
    m_text = new QLineEdit(m_setting.value == FleetSettingWords::kNone ? QString() : m_setting.value);
    m_text->setObjectName(u"settingText"_s);
    m_text->setMaxLength(kMostCharacters);
    m_form = new FormField(tr("Value"), m_text, tr("Empty: none."), true);
    connect(m_text, &QLineEdit::returnPressed, this, &SettingField::submitted);
}

// What is set never comes here, so the field begins empty.
void SettingField::makeSecret()
{
    m_text = new QLineEdit;
    m_text->setObjectName(u"settingSecret"_s);
    m_text->setEchoMode(QLineEdit::Password);
    m_text->setMaxLength(kMostCharacters);
    const bool isSet = m_setting.value != FleetSettingWords::kNone;
    m_form = new FormField(tr("New secret"), m_text,
                           isSet ? tr("It replaces the one that is set.") : QString(), true);
    connect(m_text, &QLineEdit::textChanged, this, [this] { m_form->setError({}); });
    connect(m_text, &QLineEdit::returnPressed, this, &SettingField::submitted);
}

QWidget *SettingField::input() const
{
    if (m_isOn)
        return m_percent->isEnabled() ? static_cast<QWidget *>(m_percent) : m_isOn;
    return m_form->field();
}

QString SettingField::value() const
{
    if (m_combo)
        return m_combo->currentData().toString();
    if (m_percent)
        return m_isOn->isChecked() ? QString::number(m_percent->value()) : FleetSettingWords::kOff;
    if (m_number)
        return QString::number(m_number->value());
    if (m_networks)
        return NetworkLines::toSetting(m_networks->exactText());
    const QString typed = m_text->text().trimmed();
    return typed.isEmpty() ? FleetSettingWords::kNone : typed;
}

bool SettingField::check()
{
    if (FleetSettingWords::kind(m_setting) == SettingKind::Secret && m_text->text().trimmed().isEmpty()) {
        m_form->setError(tr("Type the secret. To have none, reset the setting to its default."));
        return false;
    }
    if (!m_networks)
        return true;
    const QList<NetworkLines::Wrong> wrong = NetworkLines::wrong(m_networks->exactText());
    QHash<int, QString> marks;
    QStringList lines;
    for (const NetworkLines::Wrong &each : wrong) {
        marks.insert(each.line, each.why);
        lines << each.why;
    }
    if (lines.size() > kShownLines) {
        const int more = static_cast<int>(lines.size() - kShownLines);
        lines = lines.first(kShownLines);
        //: %n more wrong lines than those that are listed above
        lines << tr("and %n more", nullptr, more);
    }
    m_networks->setMarks(marks);
    m_form->setError(lines.join(u'\n'));
    return wrong.isEmpty();
}

void SettingField::setError(const QString &error) { m_form->setError(error); }

}
