#pragma once
// Two sets of values side by side under their labels; what differs is marked by an icon and a word, not by colour alone. Long values are cut in
// the middle and whole in their tooltip. Ui thread.

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace fb {

struct ComparedValue {
    QString label;
    QString left;
    QString right;
    bool operator==(const ComparedValue &) const = default;
};

struct Comparison {
    QString leftTitle;
    QString rightTitle;
    QList<ComparedValue> values; // none: there is nothing to compare
    bool operator==(const Comparison &) const = default;
};

class CompareList : public QWidget
{
    Q_OBJECT
public:
    explicit CompareList(QWidget *parent = nullptr);
    void show(const Comparison &comparison);
    using QWidget::show;

private:
    void addPair(const QString &label, const QString &left, const QString &right, bool isTitle);

    QVBoxLayout *m_column;
    QWidget *m_content = nullptr; // made anew with each comparison
    Comparison m_shown;
};

}
