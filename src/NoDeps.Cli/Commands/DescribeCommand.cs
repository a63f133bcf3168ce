using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps describe</c>: shows a network as a table, or lists the built-in ones.</summary>
internal static unsafe class DescribeCommand
{
    private const int IndexWidth = 5;
    private const int MinLineWidth = 12;
    private const int ShapeWidth = 9;
    private const int NumberWidth = 13;
    private const int BytesWidth = 16;
    private const int NameWidth = 19;
    private const int LayersWidth = 6;

    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "describe"u8,
        Summary = "show the layers, parameters and memory of a network"u8,
        Introduction = """
            Shows a network layer by layer: output shape, parameters, multiply-adds of one
            image's forward pass, and the memory that the layer takes. Without a network,
            lists the built-in ones, and the recipes that train --recipe takes.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        DescribeOptions options = new();
        DescribeOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        DescribeOptions options = new();
        while (visitor.Next()) DescribeOptions.Describe(ref visitor, ref options);
        return visitor.IsStopped ? visitor.Fault : Show(console, in options);
    }

    private static Fault Show(Console console, in DescribeOptions options)
    {
        if (options.Network.IsEmpty) return List(console, options.Json);
        Fault fault = NetworkSource.Open(console, options.Network, out NetworkDescription network);
        if (!fault.IsNone) return fault;
        DescribedMemory memory = new(network, options.Batch > 0 ? options.Batch : network.Recipe.Batch);
        if (options.Json) WriteJson(console, options.Network, network, in memory);
        else WriteText(console, options.Network, network, in memory);
        return ModelNotes.WriteOf(console, options.Network, network);
    }

    private static Fault List(Console console, bool json)
    {
        Table table = new(console.Out);
        if (!json)
        {
            table.Left("network"u8, NameWidth);
            table.Right("layers"u8, LayersWidth);
            table.Right("parameters"u8, NumberWidth);
            table.Left("description"u8, 0);
            table.End();
        }
        for (int i = 0; i < BuiltInNetworks.Count; i++)
        {
            ReadOnlySpan<byte> name = BuiltInNetworks.Name(i);
            Fault fault = NetworkSource.Open(console, name, out NetworkDescription network);
            if (!fault.IsNone) return fault;
            if (json)
            {
                Template line = console.Print("{\"network\":$,\"layers\":$,\"parameters\":$,\"comment\":$}\n"u8);
                line.Quoted(name);
                line.Integer(network.LayerCount);
                line.Integer(network.ParameterCount);
                line.Quoted(network.FirstComment);
                line.End();
                continue;
            }
            table.Left(name, NameWidth);
            table.Grouped(network.LayerCount, LayersWidth);
            table.Grouped(network.ParameterCount, NumberWidth);
            table.Left(network.FirstComment, 0);
            table.End();
        }
        if (json) return Fault.None;
        console.Out.Write("\n"u8);
        table.Left("recipe"u8, NameWidth);
        table.Left("description"u8, 0);
        table.End();
        for (int i = 0; i < BuiltInRecipes.Count; i++)
        {
            table.Left(BuiltInRecipes.Name(i), NameWidth);
            table.Left(NetworkDescription.CommentOf(BuiltInRecipes.Text(i)), 0);
            table.End();
        }
        return Fault.None;
    }

    private static void WriteText(Console console, ReadOnlySpan<byte> name, NetworkDescription network, in DescribedMemory memory)
    {
        Template head = console.Print("network   $\n"u8);
        head.Text(name);
        head.End();
        if (!network.FirstComment.IsEmpty)
        {
            head = console.Print("          $\n"u8);
            head.Text(network.FirstComment);
            head.End();
        }
        WriteLossAndRecipe(console, network);

        int width = MinLineWidth;
        for (int i = 0; i < network.LayerCount; i++) width = Math.Max(width, Line(network, i).Length);
        Table table = new(console.Out);
        table.Right("layer"u8, IndexWidth);
        table.Left("description"u8, width);
        table.Right("output"u8, ShapeWidth);
        table.Right("parameters"u8, NumberWidth);
        table.Right("multiply-adds"u8, NumberWidth);
        table.Right("training bytes"u8, BytesWidth);
        table.Right("evaluation bytes"u8, BytesWidth);
        table.End();
        long training = memory.Training, evaluation = memory.Evaluation;
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.Layers[i];
            table.Grouped(i, IndexWidth);
            table.Left(Line(network, i), width);
            table.Shape(in layer.Output, ShapeWidth);
            table.Grouped(layer.ParameterCount, NumberWidth);
            table.Grouped(layer.MultiplyAdds, NumberWidth);
            WriteBytes(table, memory.TrainingLayers[i], memory.EvaluationLayers[i]);
            training -= memory.TrainingLayers[i];
            evaluation -= memory.EvaluationLayers[i];
        }
        long parameters = (long)network.FlatParameters * sizeof(float);
        BeginSum(table, "parameters"u8, width, default, default);
        WriteBytes(table, DescribedMemory.TrainingCopies * parameters, parameters);
        if (memory.Average > 0)
        {
            BeginSum(table, "average (ema)"u8, width, default, default);
            WriteBytes(table, memory.Average, 0);
        }
        BeginSum(table, "input, loss, labels"u8, width, default, default);
        WriteBytes(table, training - DescribedMemory.TrainingCopies * parameters - memory.Average, evaluation - parameters);
        BeginSum(table, "total"u8, width, network.ParameterCount, network.MultiplyAdds);
        WriteBytes(table, memory.Training, memory.Evaluation);
        Template foot = console.Print(
            "\nMultiply-adds are for the forward pass of one image. Bytes are the engine's memory for batches of $: for a\n"u8 +
            "layer, its output, its input gradient and scratch (none if it works in place); for the parameters in\n"u8 +
            "training, also gradients and two moments. Batches are padded to multiples of 16, tensors to whole vectors.\n"u8 +
            "train allocates at least 32 images per thread, 64 to 512 in all, because it evaluates in such batches. It\n"u8 +
            "also needs memory for the data set, and a buffer of six times the parameters to build its files; --validation\n"u8 +
            "takes another copy of the parameters$.\n"u8);
        Span<byte> text = stackalloc byte[32];
        Utf8Writer batch = new(text);
        batch.Integer(memory.Batch);
        batch.Text(memory.Batch == 1 ? " image"u8 : " images"u8);
        foot.Text(batch.Written);
        foot.Text(memory.Average > 0 ? default : ", and so does --ema"u8);
        foot.End();
    }

    private static void WriteBytes(Table table, long training, long evaluation)
    {
        table.Grouped(training, BytesWidth);
        table.Grouped(evaluation, BytesWidth);
        table.End();
    }

    /// <summary>Begins a row that is not a layer, up to the bytes; zeros are left blank.</summary>
    private static void BeginSum(Table table, ReadOnlySpan<byte> what, int width, long parameters, long multiplyAdds)
    {
        table.Left(default, IndexWidth);
        table.Left(what, width);
        table.Left(default, ShapeWidth);
        if (parameters > 0) table.Grouped(parameters, NumberWidth);
        else table.Left(default, NumberWidth);
        if (parameters > 0) table.Grouped(multiplyAdds, NumberWidth);
        else table.Left(default, NumberWidth);
    }

    private static ReadOnlySpan<byte> Line(NetworkDescription network, int layer) =>
        network.LineText(network.Layers[layer].Line);

    private static void WriteLossAndRecipe(Console console, NetworkDescription network)
    {
        Recipe recipe = network.Recipe;
        Template line = console.Print(
            "input     $x$x$, $ classes\nloss      $\nrecipe    "u8);
        line.Integer(network.Input.Channels);
        line.Integer(network.Input.Rows);
        line.Integer(network.Input.Columns);
        line.Integer(network.Classes);
        line.Text(LossName(network));
        line.End();
        RecipeText.Write(console, in recipe, recipe.Batch);
        console.Out.Write("\n\n"u8);
    }

    private static ReadOnlySpan<byte> LossName(NetworkDescription network) =>
        network.Loss == LossKind.SoftmaxCrossEntropy ? "softmax-cross-entropy"u8 : "squared-error"u8;

    private static void WriteJson(Console console, ReadOnlySpan<byte> name, NetworkDescription network, in DescribedMemory memory)
    {
        Recipe recipe = network.Recipe;
        Template json = console.Print(
            "{\"network\":$,\"comment\":$,\"input\":[$,$,$],\"classes\":$,\"loss\":$,\"recipe\":{\"epochs\":$,\"batch\":$,"u8 +
            "\"optimizer\":$,\"schedule\":$,\"rate\":$,\"warmup\":$,\"step_epochs\":$,\"step_factor\":$,\"momentum\":$,"u8 +
            "\"decay\":$,\"clip\":$,\"ema\":$,\"class_weights\":$},\"batch\":$,\"parameters\":$,"u8 +
            "\"multiply_adds\":$,\"training_bytes\":$,\"evaluation_bytes\":$,\"layers\":["u8);
        json.Quoted(name);
        json.Quoted(network.FirstComment);
        json.Integer(network.Input.Channels);
        json.Integer(network.Input.Rows);
        json.Integer(network.Input.Columns);
        json.Integer(network.Classes);
        json.Quoted(LossName(network));
        json.Integer(recipe.Epochs);
        json.Integer(recipe.Batch);
        json.Quoted(RecipeOptions.OptimizerName(in recipe));
        json.Quoted(RecipeOptions.ScheduleName(in recipe));
        json.Shortest(recipe.LearningRate);
        json.Shortest(recipe.Warmup);
        json.Integer(recipe.StepEpochs);
        json.Shortest(recipe.StepFactor);
        json.Shortest(recipe.Momentum);
        json.Shortest(recipe.WeightDecay);
        json.Shortest(recipe.ClipNorm);
        json.Shortest(recipe.AverageDecay);
        json.Quoted(RecipeOptions.ClassWeightsName(in recipe));
        json.Integer(memory.Batch);
        json.Integer(network.ParameterCount);
        json.Integer(network.MultiplyAdds);
        json.Integer(memory.Training);
        json.Integer(memory.Evaluation);
        json.End();
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.Layers[i];
            json = console.Print(
                "${\"index\":$,\"description\":$,\"output\":[$,$,$],\"parameters\":$,\"multiply_adds\":$,"u8 +
                "\"training_bytes\":$,\"evaluation_bytes\":$}"u8);
            json.Text(i == 0 ? default : ","u8);
            json.Integer(i);
            json.Quoted(Line(network, i));
            json.Integer(layer.Output.Channels);
            json.Integer(layer.Output.Rows);
            json.Integer(layer.Output.Columns);
            json.Integer(layer.ParameterCount);
            json.Integer(layer.MultiplyAdds);
            json.Integer(memory.TrainingLayers[i]);
            json.Integer(memory.EvaluationLayers[i]);
            json.End();
        }
        console.Out.Write("]}\n"u8);
    }
}
