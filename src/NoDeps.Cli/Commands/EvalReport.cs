using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Prints a classification report for <c>eval</c>, as text or as one line of JSON.</summary>
internal static unsafe class EvalReport
{
    private const int NameWidth = 16;
    private const int NumberWidth = 9;

    /// <summary>Precision, recall and F1 by class, and the calibration error.</summary>
    public static void WritePerClass(Console console, ClassificationReport report, ModelMetadata metadata)
    {
        Table table = new(console.Out);
        table.Left("class"u8, NameWidth);
        table.Right("images"u8, NumberWidth);
        table.Right("precision"u8, NumberWidth);
        table.Right("recall"u8, NumberWidth);
        table.Right("F1"u8, NumberWidth);
        table.End();
        Span<byte> buffer = stackalloc byte[20];
        for (int i = 0; i < report.Classes; i++)
        {
            table.Left(NameOf(metadata, i, buffer), NameWidth);
            table.Grouped(report.CountOf(i), NumberWidth);
            Share(table, report.Precision(i));
            Share(table, report.Recall(i));
            Share(table, report.F1(i));
            table.End();
        }
        if (!report.HasProbabilities) return;
        Template line = console.Print("expected calibration error $% in $ bins\n"u8);
        line.Fixed(100 * report.CalibrationError, 2);
        line.Integer(ClassificationReport.Bins);
        line.End();
    }

    private static void Share(Table table, double value)
    {
        if (double.IsNaN(value)) table.Right("-"u8, NumberWidth);
        else table.Fixed(100 * value, 2, NumberWidth);
    }

    /// <summary>The confusion matrix: a row for each class, a column for each prediction.</summary>
    public static void WriteConfusion(Console console, ClassificationReport report, ModelMetadata metadata)
    {
        int width = 2;
        for (int i = 0; i < report.Classes; i++)
            for (int j = 0; j < report.Classes; j++)
                for (long limit = 100, w = 3; report.Count(i, j) >= limit; limit *= 10, w++) width = Math.Max(width, (int)w);
        if (report.Classes > 100) width = Math.Max(width, 3);
        console.Out.Write("truth \\ predicted\n"u8);
        Cell(console, default, NameWidth, true);
        Span<byte> buffer = stackalloc byte[20], nameBuffer = stackalloc byte[NameWidth];
        for (int j = 0; j < report.Classes; j++)
        {
            Utf8Writer number = new(buffer);
            number.Integer(j);
            Cell(console, number.Written, width + 1, false);
        }
        console.Out.Write("\n"u8);
        for (int i = 0; i < report.Classes; i++)
        {
            Utf8Writer name = new(nameBuffer);
            name.Integer(i);
            ReadOnlySpan<byte> known = metadata.NameOf(i);
            if (!known.IsEmpty)
            {
                name.Byte((byte)' ');
                name.Text(known.Slice(0, Math.Min(known.Length, NameWidth - name.Length)));
            }
            Cell(console, name.Written, NameWidth, true);
            for (int j = 0; j < report.Classes; j++)
            {
                Utf8Writer number = new(buffer);
                if (report.Count(i, j) == 0) number.Byte((byte)'.');
                else number.Integer(report.Count(i, j));
                Cell(console, number.Written, width + 1, false);
            }
            console.Out.Write("\n"u8);
        }
    }

    private static void Cell(Console console, ReadOnlySpan<byte> text, int width, bool isLeft)
    {
        if (isLeft) console.Out.Write(text);
        for (int i = text.Length; i < width; i++) console.Out.Write(" "u8);
        if (!isLeft) console.Out.Write(text);
    }

    /// <summary>The most confident mistakes, drawn.</summary>
    public static Fault WriteMistakes(Console console, ClassificationReport report, ModelMetadata metadata, in LabeledImages images)
    {
        Span<byte> truth = stackalloc byte[20], prediction = stackalloc byte[20];
        for (int i = 0; i < report.MistakeCount; i++)
        {
            ClassificationReport.Mistake mistake = report.MistakeAt(i);
            Template line = console.Print(report.HasProbabilities ? "image $: $, predicted $ ($%)\n"u8
                : "image $: $, predicted $ (score $)\n"u8);
            line.Integer(mistake.Image);
            line.Text(NameOf(metadata, mistake.Truth, truth));
            line.Text(NameOf(metadata, mistake.Prediction, prediction));
            line.Fixed(report.HasProbabilities ? 100 * mistake.Confidence : mistake.Confidence, 2);
            line.End();
            Fault fault = GrayDrawing.Draw(console, in images, mistake.Image, 1);
            if (!fault.IsNone) return fault;
        }
        return Fault.None;
    }

    private static ReadOnlySpan<byte> NameOf(ModelMetadata metadata, int label, Span<byte> buffer)
    {
        ReadOnlySpan<byte> known = metadata.NameOf(label);
        return known.IsEmpty ? buffer.Slice(0, IntegerFormat.Signed(buffer, label)) : known;
    }

    /// <summary>One line with everything; unknown values are null.</summary>
    public static void WriteJson(Console console, ClassificationReport report, ModelMetadata metadata, double speed)
    {
        Evaluation evaluation = report.Evaluation;
        Template json = console.Print("{\"accuracy\":$,\"correct\":$,\"count\":$,\"loss\":$,\"images_per_second\":$"u8);
        json.Fixed(evaluation.Accuracy, 6);
        json.Integer(evaluation.Correct);
        json.Integer(evaluation.Count);
        Number(json, evaluation.Loss, 9);
        json.Fixed(speed, 0);
        json.End();
        json = console.Print(",\"calibration_error\":$,\"per_class\":["u8);
        Number(json, report.HasProbabilities ? report.CalibrationError : double.NaN, 6);
        json.End();
        for (int i = 0; i < report.Classes; i++)
        {
            if (i > 0) console.Out.Write(","u8);
            json = console.Print("{\"class\":$,"u8);
            json.Integer(i);
            json.End();
            if (!metadata.NameOf(i).IsEmpty)
            {
                json = console.Print("\"name\":$,"u8);
                json.Quoted(metadata.NameOf(i));
                json.End();
            }
            json = console.Print("\"count\":$,\"precision\":$,\"recall\":$,\"f1\":$}"u8);
            json.Integer(report.CountOf(i));
            Number(json, report.Precision(i), 6);
            Number(json, report.Recall(i), 6);
            Number(json, report.F1(i), 6);
            json.End();
        }
        console.Out.Write("],\"confusion\":["u8);
        for (int i = 0; i < report.Classes * report.Classes; i++)
        {
            int column = i % report.Classes;
            console.Out.Write(column > 0 ? ","u8 : i == 0 ? "["u8 : "],["u8);
            console.Print("$"u8).Integer(report.Count(i / report.Classes, column));
        }
        console.Out.Write("]]"u8);
        if (report.MistakeCount > 0) WriteMistakesJson(console, report);
        console.Out.Write("}\n"u8);
    }

    private static void WriteMistakesJson(Console console, ClassificationReport report)
    {
        for (int i = 0; i < report.MistakeCount; i++)
        {
            ClassificationReport.Mistake mistake = report.MistakeAt(i);
            console.Out.Write(i == 0 ? ",\"mistakes\":["u8 : ","u8);
            Template json = console.Print(report.HasProbabilities ? "{\"image\":$,\"truth\":$,\"prediction\":$,\"probability\":$}"u8
                : "{\"image\":$,\"truth\":$,\"prediction\":$,\"score\":$}"u8);
            json.Integer(mistake.Image);
            json.Integer(mistake.Truth);
            json.Integer(mistake.Prediction);
            json.Fixed(mistake.Confidence, 6);
            json.End();
        }
        console.Out.Write("]"u8);
    }

    /// <summary>JSON has neither NaN nor Infinity.</summary>
    private static void Number(Template json, double value, int decimals)
    {
        if (double.IsFinite(value)) json.Fixed(value, decimals);
        else json.Text("null"u8);
    }
}
