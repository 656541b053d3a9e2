#pragma once
// Output of scripts as text: line numbers, standard error in its tone, differences marked by sign and fill (look.md 6). Follows the end
// while the view is at its end. Ui thread.

#include "models/nodes/runcommand/output_groups.h"
#include "models/nodes/runcommand/output_model.h"

#include <QPlainTextEdit>

namespace fb {

class OutputView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit OutputView(const QString &objectName, QWidget *parent = nullptr);

    void showParts(const QList<OutputPart> &parts);
    void append(RunStream stream, const QString &text);
    void showDiff(const QList<DiffLine> &lines);
    void showNothing(const QString &why); // in quiet words

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Gutter;
    void restyle();
    void paintGutter(QPaintEvent *event);
    int gutterWidth() const;
    int digitsOfNumbers() const;
    int lineHeightOf(const QTextBlock &block) const;
    void insert(const QString &text, RunStream stream);

    Gutter *m_gutter;
    QList<DiffLine> m_diff; // by block; empty: plain output
    QList<OutputPart> m_parts; // shown when there is no diff
    QString m_nothing;
};

}
